"""What officers do with tips: find, read, judge, close."""
