"""Write the next migration from the difference between the tables and an empty, migrated database.

python scripts/new_migration.py "Add a column"
"""

import sys
import tempfile

from alembic import command

from pathway.migrations import _config, upgrade

url = f"sqlite:///{tempfile.mkdtemp()}/difference.db"
upgrade(url)
command.revision(_config(url), message=sys.argv[1], autogenerate=True)
