"""Places as the use cases need them: the finder that learns, and the names it is taught."""
