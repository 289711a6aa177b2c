"""Keys and seals: what keeps a stolen file useless."""
