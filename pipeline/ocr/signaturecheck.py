"""Digital signatures (chữ ký số) of a PDF: who signed when, and whether the file is still what was signed.

Checked by pyHanko, without a network: the certificates must be in the file, and revocation lists are not asked. A
signature whose chain does not end at a certificate that the user trusts is told as such and never called valid.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from asn1crypto.x509 import Certificate
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import PdfSignatureStatus, SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from pipeline.errors import ConfigurationError
from pipeline.models import DigitalSignature

_UNNAMED = "?"


def check(path: Path, trusted: Path | None) -> tuple[DigitalSignature, ...]:
    """Check all signatures of a PDF, in their order.

    Raises:
        ConfigurationError: `trusted` cannot be read.
    """
    return tuple(_checked(path, _roots(trusted) if trusted else ()))


def _checked(path: Path, roots: tuple[Certificate, ...]) -> Iterator[DigitalSignature]:
    with path.open("rb") as stream, _quiet():
        try:
            found = PdfFileReader(stream, strict=False).embedded_signatures
        except (PdfError, ValueError) as error:
            yield DigitalSignature(signer=_UNNAMED, problem=str(error))
            return
        for signature in found:
            yield _one(signature, roots)


def _one(signature: EmbeddedPdfSignature, roots: tuple[Certificate, ...]) -> DigitalSignature:
    certificate = signature.signer_cert
    if certificate is None:
        return DigitalSignature(signer=_UNNAMED, problem="không có chứng thư số / it holds no certificate")
    named = _named(certificate)
    try:
        # Checked as of the day of signing: certificates of offices live two or three years, documents longer.
        context = ValidationContext(
            trust_roots=list(roots), allow_fetching=False, moment=signature.self_reported_timestamp
        )
        status = validate_pdf_signature(signature, context, skip_diff=True)
    except (SignatureValidationError, PdfError, ValueError) as error:
        return named.model_copy(update={"problem": str(error)})
    return named.model_copy(update=_verdict(status, signature))


def _named(certificate: Certificate) -> DigitalSignature:
    subject, issuer = certificate.subject.native, certificate.issuer.native
    return DigitalSignature(
        signer=str(subject.get("common_name") or _UNNAMED),
        organisation=_text(subject.get("organization_name")),
        issuer=_text(issuer.get("common_name")),
    )


def _text(value: object) -> str | None:
    """Bring a part of a name to text; some certificates give it several times."""
    if value is None:
        return None
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _verdict(status: PdfSignatureStatus, signature: EmbeddedPdfSignature) -> dict[str, object]:
    return {
        "signed_at": status.signer_reported_dt or signature.self_reported_timestamp,
        "intact": bool(status.intact and status.valid),
        "covers_all": status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        "trusted": bool(status.trusted),
    }


@lru_cache(maxsize=8)
def _roots(trusted: Path) -> tuple[Certificate, ...]:
    files = sorted(trusted.iterdir()) if trusted.is_dir() else [trusted]
    try:
        return tuple(load_certs_from_pemder(map(str, filter(Path.is_file, files))))  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"{trusted}: không đọc được chứng thư tin cậy ({error}). / The trusted certificates cannot be read.",
            "Hãy sửa trusted_certificates. / Mend the setting trusted_certificates.",
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyHanko's tracebacks out of the log: an unknown issuer is an ordinary finding."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
