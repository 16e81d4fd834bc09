"""Tables, shelves, migrations, and the one writer. The only importer of SQLAlchemy.

`storage.database.Database` is what the rest uses; it implements `intake.ports.Storage`.
"""
