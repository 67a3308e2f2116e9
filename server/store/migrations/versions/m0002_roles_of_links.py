"""Links that say what their guest will be in the delegation."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("links", sa.Column("role", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("links", "role")
