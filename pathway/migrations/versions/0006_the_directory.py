"""The directory of services: what is published for families, and where it came from"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "file", "feed", name="ck_directory_source_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("authority", "address", name="uq_directory_source"),
        sa.UniqueConstraint("public_id"),
    )
    op.create_index("ix_directory_source_authority", "directory_source", ["authority"])

    op.create_table(
        "directory_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("sent_back", sa.Integer(), nullable=False),
        sa.Column("refused", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("faults", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["practitioner.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    op.create_index("ix_directory_import_authority", "directory_import", ["authority"])
    op.create_index("ix_directory_import_latest", "directory_import", ["source_id", "at"])

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
        sa.UniqueConstraint("source_id", "external_id", name="uq_organisation_of_source"),
    )
    op.create_index("ix_organisation_authority", "organisation", ["authority"])

    op.create_table(
        "taxonomy_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("taxonomy_id", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("taxonomy", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
        sa.UniqueConstraint("source_id", "external_id", name="uq_taxonomy_term_of_source"),
    )
    op.create_index("ix_taxonomy_term_authority", "taxonomy_term", ["authority"])
    op.create_index("ix_taxonomy_term_external_id", "taxonomy_term", ["external_id"])
    op.create_index("ix_taxonomy_term_taxonomy_id", "taxonomy_term", ["taxonomy_id"])

    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "inactive",
                "defunct",
                "temporarily closed",
                name="ck_service_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minimum_age", sa.Float(), nullable=True),
        sa.Column("maximum_age", sa.Float(), nullable=True),
        sa.Column("assured_on", sa.Date(), nullable=True),
        sa.Column("last_modified", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("published", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("imported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("gone_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "minimum_age IS NULL OR maximum_age IS NULL OR minimum_age <= maximum_age", name="ck_service_ages"
        ),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
        sa.UniqueConstraint("source_id", "external_id", name="uq_service_of_source"),
    )
    op.create_index("ix_service_authority", "service", ["authority"])
    op.create_index("ix_service_listed", "service", ["authority", "status", "name"])
    op.create_index("ix_service_organisation_id", "service", ["organisation_id"])

    op.create_table(
        "service_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens_at", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("closes_at", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_day", "service_day", ["weekday", "service_id"])
    op.create_index("ix_service_day_service_id", "service_day", ["service_id"])

    op.create_table(
        "service_location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("town", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("postcode", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("district", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_location_at", "service_location", ["latitude", "longitude"])
    op.create_index("ix_service_location_district", "service_location", ["district"])
    op.create_index("ix_service_location_postcode", "service_location", ["postcode"])
    op.create_index("ix_service_location_service_id", "service_location", ["service_id"])

    op.create_table(
        "service_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["taxonomy_term.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("service_id", "term_id", name="uq_service_term"),
    )
    op.create_index("ix_service_term_term_id", "service_term", ["term_id"])

    op.create_table(
        "service_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "of",
            sa.Enum(
                "name",
                "term",
                "text",
                "place",
                name="ck_service_word_of",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "text", sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("stem", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("service_id", "of", "text", name="uq_service_word"),
    )
    op.create_index("ix_service_word_stem", "service_word", ["stem"])
    op.create_index("ix_service_word_text", "service_word", ["text"])


def downgrade() -> None:
    for name in (
        "service_word",
        "service_term",
        "service_location",
        "service_day",
        "service",
        "taxonomy_term",
        "organisation",
        "directory_import",
        "directory_source",
    ):
        op.drop_table(name)
