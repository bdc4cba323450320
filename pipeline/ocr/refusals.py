"""What is said of a file that cannot be read: the file's name, what is wrong, and what to do, in two languages."""

from __future__ import annotations

from pipeline.errors import (
    DoisoatError,
    EncryptedFileError,
    FileAccessError,
    InputFileError,
    MissingDependencyError,
    SecretDocumentError,
)

_READABLE = "PDF, TIFF, JPEG, PNG, TXT, ZIP"
_COPY_AGAIN = "Hãy chép lại tệp từ nơi gửi. / Copy the file again from where it came from."


def missing(name: str) -> FileAccessError:
    """Say that there is no such file or folder."""
    return FileAccessError(
        f"{name}: không có tệp hoặc thư mục này. / There is no such file or folder.",
        "Hãy kiểm tra lại đường dẫn. / Check the path.",
    )


def unreachable(name: str, reason: str) -> FileAccessError:
    """Say that the operating system does not let the file be read."""
    return FileAccessError(
        f"{name}: không đọc được từ đĩa ({reason}). / The system does not let it be read ({reason}).",
        "Hãy kiểm tra quyền truy cập. / Check the permissions.",
    )


def empty_file(name: str) -> InputFileError:
    """Say that the file has no bytes."""
    return InputFileError(f"{name}: tệp rỗng (0 byte). / The file is empty (0 bytes).", _COPY_AGAIN)


def empty_folder(name: str) -> InputFileError:
    """Say that the folder or ZIP holds no file."""
    return InputFileError(
        f"{name}: không có tệp nào bên trong. / There is no file inside.",
        f"Hãy đặt tài liệu ({_READABLE}) vào đó. / Put documents ({_READABLE}) there.",
    )


def too_big(name: str, size: int, limit: int) -> InputFileError:
    """Say that the file, or what it unpacks to, has more bytes than `settings.max_bytes`."""
    return InputFileError(
        f"{name}: quá lớn, {size} byte, giới hạn {limit}. / Too big: {size} bytes, the limit is {limit}.",
        "Hãy chia nhỏ tệp hoặc tăng DOISOAT_MAX_BYTES. / Split the file or raise DOISOAT_MAX_BYTES.",
    )


def too_many_pages(name: str, pages: int, limit: int) -> InputFileError:
    """Say that the document has more pages than `settings.max_pages`."""
    return InputFileError(
        f"{name}: {pages} trang, giới hạn {limit}. / It has {pages} pages, the limit is {limit}.",
        "Hãy chia nhỏ tệp hoặc tăng DOISOAT_MAX_PAGES. / Split the file or raise DOISOAT_MAX_PAGES.",
    )


def too_many_pixels(name: str, pixels: int, limit: int) -> InputFileError:
    """Say that a picture has more pixels than `settings.max_pixels`."""
    return InputFileError(
        f"{name}: ảnh có {pixels} điểm ảnh, giới hạn {limit}. / The picture has {pixels} pixels, the limit is {limit}.",
        "Hãy quét lại ở 300 dpi hoặc tăng DOISOAT_MAX_PIXELS. / Scan it again at 300 dpi or raise DOISOAT_MAX_PIXELS.",
    )


def too_slow(where: str, seconds: int) -> InputFileError:
    """Say that recognising a page took longer than `settings.page_seconds`."""
    return InputFileError(
        f"{where}: nhận dạng quá {seconds} giây nên bỏ qua. / Recognition took more than {seconds} s and was given up.",
        "Hãy quét lại trang này hoặc tăng DOISOAT_PAGE_SECONDS. / Scan the page again or raise DOISOAT_PAGE_SECONDS.",
    )


def wrong_type(name: str, what: str) -> InputFileError:
    """Say that a file of the kind `what` is not read."""
    return InputFileError(
        f"{name}: loại tệp không đọc được ({what}). / A type of file that is not read ({what}).",
        f"Hãy chuyển sang PDF. / Save it as PDF. ({_READABLE})",
    )


def no_document(name: str, extension: str) -> InputFileError:
    """Say that a text file of this extension is taken for no document: lists and notes lie beside documents."""
    return InputFileError(
        f"{name}: không phải tài liệu nên bỏ qua ({extension}). / Not a document, passed over ({extension}).",
        "Nếu cần đọc, hãy đổi đuôi thành .txt. / To have it read, rename it to .txt.",
    )


def damaged(name: str, reason: str) -> InputFileError:
    """Say that the file is cut off or its structure broken."""
    return InputFileError(
        f"{name}: tệp bị hỏng hoặc bị cắt ({reason}). / The file is damaged or cut off ({reason}).", _COPY_AGAIN
    )


def encrypted(name: str) -> EncryptedFileError:
    """Say that the file opens only with a password."""
    return EncryptedFileError(
        f"{name}: tệp có mật khẩu. / The file asks for a password.",
        "Hãy gỡ mật khẩu rồi nạp lại. / Remove the password and bring it in again.",
    )


def not_unicode(name: str) -> InputFileError:
    """Say that the plain text is in none of the Unicode encodings, nor clearly in a legacy one."""
    return InputFileError(
        f"{name}: văn bản không ở mã Unicode UTF-8 hay UTF-16, cũng không rõ là TCVN3, VNI, VISCII hay Windows-1258. / "
        "The text is neither UTF-8 nor UTF-16, nor clearly TCVN3, VNI, VISCII or Windows-1258.",
        "Hãy lưu lại tệp với mã UTF-8. / Save the file again as UTF-8.",
    )


def unsafe_member(name: str, reason: str) -> InputFileError:
    """Say that a member of a ZIP could harm this machine and was not unpacked."""
    return InputFileError(
        f"{name}: không giải nén vì không an toàn ({reason}). / Not unpacked because it is unsafe ({reason}).",
        "Hãy hỏi lại nơi gửi. / Ask the sender.",
    )


def secret(name: str, mark: str) -> SecretDocumentError:
    """Say that the document carries a secrecy mark (dấu chỉ độ mật) and is not processed."""
    return SecretDocumentError(
        f"{name}: tài liệu đóng dấu «{mark}» nên không được xử lý và không được lưu. / "
        f"The document is marked «{mark}» and is neither processed nor stored.",
        "Tài liệu bí mật nhà nước không được đưa vào máy tính nối mạng. / "
        "State secrets do not belong on a networked machine.",
    )


def no_tesseract() -> MissingDependencyError:
    """Say that the Tesseract program is not installed."""
    return MissingDependencyError(
        "Chưa cài Tesseract. / Tesseract is not installed.",
        "Hãy chạy / Run: sudo apt-get install tesseract-ocr tesseract-ocr-vie",
    )


def no_vietnamese() -> MissingDependencyError:
    """Say that Tesseract lacks its Vietnamese model."""
    return MissingDependencyError(
        "Tesseract thiếu dữ liệu tiếng Việt. / Tesseract has no Vietnamese model.",
        "Hãy chạy / Run: sudo apt-get install tesseract-ocr-vie",
    )


def one_line(error: DoisoatError) -> str:
    """Put an error on one line, as `Page.problem` keeps it."""
    return " ".join(str(error).split())


def signed(name: str) -> InputFileError:
    """Say that a PDF bears a digital signature, which rewriting it would break."""
    return InputFileError(
        f"{name}: tệp có chữ ký số; ghi lại tệp sẽ làm chữ ký mất hiệu lực. / "
        "The file bears a digital signature, which rewriting would break.",
        "Giữ bản gốc; nếu vẫn muốn tạo bản sao tìm kiếm được, thêm --break-signatures. / "
        "Keep the original; to have a searchable copy all the same, add --break-signatures.",
    )


def not_searchable(name: str, reason: str) -> InputFileError:
    """Say that no searchable PDF could be made of a file."""
    return InputFileError(
        f"{name}: không tạo được PDF tìm kiếm được ({reason}). / No searchable PDF could be made ({reason}).",
        "Hãy kiểm tra tệp bằng một trình xem PDF. / Look at the file in a PDF viewer.",
    )
