"""All settings in one place: flags, then environment (DOISOAT_*), then doisoat.toml, then the defaults below."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


def _user_cache() -> Path | Literal["off"]:
    """Return the folder for kept pages by the XDG Base Directory Specification; off for a user without a home."""
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():  # so the specification
        try:
            base = Path.home() / ".cache"
        except RuntimeError:
            return "off"
    return base / "doisoat" / "pages"


def is_database(address: str) -> bool:
    """Say whether an archive's address is that of a database, and not of a folder."""
    return address.startswith(("postgresql:", "postgres:"))


class Settings(BaseSettings):
    """What can be set; every field has a working default. Flags of the command line are given as keyword arguments."""

    model_config = SettingsConfigDict(env_prefix="DOISOAT_", toml_file="doisoat.toml", extra="ignore", frozen=True)

    archive: Path = Field(
        Path("doisoat-archive"),
        description="folder of the archive: originals, and its database unless that stands elsewhere",
    )
    database: str | None = Field(
        None, description="PostgreSQL database in which the archive stands, postgresql://…; may be given as archive"
    )
    jobs: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, description="documents worked on at once")
    dpi: int = Field(300, ge=72, le=600, description="resolution at which a page without pictures is rasterised")
    max_pages: int = Field(2000, ge=1, description="a document with more pages is refused")
    max_pixels: int = Field(120_000_000, ge=1, description="a picture with more pixels is refused")
    max_bytes: int = Field(500_000_000, ge=1, description="a file bigger than this, packed or not, is refused")
    language: Path | None = Field(None, description="folder of a model of the office's own texts (doisoat learn)")
    indicators: Path | None = Field(
        None, description="entries of your own for the catalogue of indicators: a YAML file or a folder of them"
    )
    trusted_certificates: Path | None = Field(
        None, description="certificates (PEM, DER) that end the chains of trusted digital signatures: file or folder"
    )
    page_seconds: int = Field(180, ge=1, description="time that one page may take to be recognised")
    page_cache: Path | Literal["off"] = Field(
        default_factory=_user_cache, description='folder where recognised pages are kept, or "off"'
    )
    page_cache_bytes: int = Field(
        1_000_000_000, ge=50_000_000, description="what the kept pages may take; those used longest ago go first"
    )
    host: str = Field("127.0.0.1", description="address at which the desk listens; this machine alone by default")
    port: int = Field(8765, ge=1, le=65535, description="port at which the desk listens")

    @model_validator(mode="before")
    @classmethod
    def _database_given_as_archive(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Take the address of a database that stands where a folder may stand, too; the folder is the usual one."""
        if is_database(str(given.get("archive", ""))):
            return {**given, "archive": cls.model_fields["archive"].default, "database": given["archive"]}
        return given

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags win over the environment, the environment over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
