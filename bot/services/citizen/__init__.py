"""What citizens ask for: open the chat, write and send a tip, follow their own."""
