"""What Alembic runs: every revision, on the connection that `migrations.configuration` was given."""

from alembic import context

from sellingpartner.storage.columns import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
