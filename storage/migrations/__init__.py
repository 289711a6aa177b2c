"""The schema, as numbered steps for each engine. A step that has been released is never changed."""
