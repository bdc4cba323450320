"""Digital signatures of PDFs: who signed, whether the file is what was signed, and whom the user trusts."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from ocr_samples import REPORT, digital_pdf, scanned_pdf
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.signers import SimpleSigner

from pipeline.cli.main import main
from pipeline.errors import ConfigurationError, ExitCode
from pipeline.models import DigitalSignature
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import read
from pipeline.ocr.signatures import signatures_of
from pipeline.settings import Settings

OFFICE, AUTHORITY = "Ủy ban nhân dân huyện Bình Hải", "Cơ quan chứng thực thử nghiệm"


class Issued(NamedTuple):
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def issued(name: str, by: Issued | None = None) -> Issued:
    """Issue a certificate, by itself where no authority is named."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, name), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    now = dt.datetime.now(dt.UTC)
    is_root = by is None
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign((by or Issued(None, key)).key, hashes.SHA256())  # type: ignore[arg-type]
    )
    return Issued(certificate, key)


@pytest.fixture(scope="module")
def authority() -> Issued:
    return issued(AUTHORITY)


@pytest.fixture(scope="module")
def signer(authority: Issued, tmp_path_factory: pytest.TempPathFactory) -> SimpleSigner:
    folder = tmp_path_factory.mktemp("certificates")
    office = issued(OFFICE, authority)
    key, certificate, chain = folder / "key.pem", folder / "office.pem", folder / "authority.pem"
    key.write_bytes(
        office.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    certificate.write_bytes(office.certificate.public_bytes(serialization.Encoding.PEM))
    chain.write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    made = SimpleSigner.load(str(key), str(certificate), ca_chain_files=(str(chain),))
    assert made is not None
    return made


def signed(content: bytes, signer: SimpleSigner) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    out = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="ChuKy"), signer=signer)
    return out.getvalue()


def check(folder: Path, content: bytes, trusted: Path | None = None) -> DigitalSignature:
    path = folder / "van-ban.pdf"
    path.write_bytes(content)
    (signature,) = signatures_of(path, trusted)
    return signature


def test_who_signed_is_told_and_an_unknown_issuer_is_not_trusted(tmp_path: Path, signer: SimpleSigner) -> None:
    signature = check(tmp_path, signed(digital_pdf([REPORT]), signer))
    assert (signature.signer, signature.issuer) == (OFFICE, AUTHORITY)
    assert signature.intact
    assert signature.covers_all
    assert not signature.trusted
    assert signature.signed_at is not None
    assert abs(signature.signed_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)


@pytest.mark.parametrize("in_folder", [True, False])
def test_an_issuer_that_the_user_trusts_is_trusted(
    tmp_path: Path, signer: SimpleSigner, authority: Issued, in_folder: bool
) -> None:
    roots = tmp_path / "roots"
    roots.mkdir()
    root = roots / "authority.pem"
    root.write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    signature = check(tmp_path, signed(digital_pdf([REPORT]), signer), roots if in_folder else root)
    assert signature.trusted


def test_a_change_of_what_was_signed_is_seen(tmp_path: Path, signer: SimpleSigner) -> None:
    content = signed(digital_pdf([REPORT]), signer)
    place = content.index(b"/MediaBox [")
    changed = content[:place] + content[place:].replace(b"595.", b"596.", 1)
    assert len(changed) == len(content)
    assert not check(tmp_path, changed).intact


def test_what_was_added_after_signing_is_seen(tmp_path: Path, signer: SimpleSigner) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(digital_pdf([REPORT]), signer)))
    writer.root["/Lang"] = pdf_string("vi")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    signature = check(tmp_path, out.getvalue())
    assert signature.intact
    assert not signature.covers_all


def test_files_without_a_signature_have_none(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.pdf"
    path.write_bytes(digital_pdf([REPORT]))
    assert signatures_of(path) == ()
    path.write_bytes(b"%PDF-1.7 /ByteRange [0 1 2 3] broken")
    assert signatures_of(path)[0].problem


def test_certificates_that_cannot_be_read_are_a_wrong_setting(tmp_path: Path, signer: SimpleSigner) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("nothing")
    with pytest.raises(ConfigurationError, match=r"wrong\.pem"):
        check(tmp_path, signed(digital_pdf([REPORT]), signer), wrong)


def test_a_document_carries_its_signatures_into_the_archive(
    tmp_path: Path, signer: SimpleSigner, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ky.pdf"
    path.write_bytes(signed(digital_pdf([REPORT]), signer))
    assert read(IncomingFile("ky.pdf", path), Settings()).signatures[0].signer == OFFICE
    archive = str(tmp_path / "kho")
    assert main(["ingest", str(path), "--archive", archive]) == ExitCode.OK
    capsys.readouterr()
    main(["status", "--archive", archive])
    told = " ".join(capsys.readouterr().out.split())
    assert f"ky.pdf: {OFFICE}" in told
    assert f"chưa biết nơi cấp / unknown issuer ({AUTHORITY})" in told
    assert "hợp lệ" not in told


def test_a_signed_scan_is_not_rewritten_without_being_told(tmp_path: Path, signer: SimpleSigner) -> None:
    path, target = tmp_path / "ky.pdf", tmp_path / "ra.pdf"
    path.write_bytes(signed(scanned_pdf([REPORT]), signer))
    assert main(["ocr", str(path), str(target)]) == ExitCode.INPUT_FILE
    assert not target.exists()
    assert main(["ocr", str(path), str(target), "--break-signatures"]) == ExitCode.OK
    assert target.exists()
    assert signatures_of(path)[0].intact
