"""What can be wrong with the keys or the file, each with a sentence that says what to do."""


class StorageError(Exception):
    """The database cannot be opened as it is; the text says what to do."""


class KeyFolderError(StorageError):
    """The folder of the keys is missing, empty, or open to others."""


class KeysMissingError(KeyFolderError):
    """There are no keys where they should be: they were never made, or they are gone."""


class WrongKeyError(StorageError):
    """The database was sealed with keys that are not in the folder."""


class FileUnusableError(StorageError):
    """The file is no database, cannot be written to, or could not be brought to the present schema."""


class NewerSchemaError(StorageError):
    """The database was written by a newer version of the program."""


class SealBrokenError(Exception):
    """A sealed value does not open: it was changed, moved to another row, or sealed with another key."""
