# Two commands do everything on a fresh Debian or Ubuntu: `make demo` and `make test`.

VENV := .venv
BIN := $(VENV)/bin
# Looked up at each use: `make system` may have to install it first.
PYTHON = $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
# The inner loops of the repair are compiled when the package is installed.
COMPILED := $(wildcard pipeline/*/*.pyx pipeline/*/*.pxd)
PILE := corpus/rendered
DEMO := demo/archive

.PHONY: demo test lint eval system test-system clean
.DELETE_ON_ERROR:

demo: $(VENV)/.installed
	@$(BIN)/python -m corpus.generator.build --output $(PILE) --forms demo
	@echo
	@$(BIN)/doisoat ingest $(PILE)/demo --archive $(DEMO)
	@echo
	@$(BIN)/doisoat reconcile --archive $(DEMO) --format table
	@echo
	@echo "Kho lưu trữ của bản chạy thử: $(DEMO). Làm tiếp / Next:"
	@echo '  $(BIN)/doisoat search "chu ky so" --archive $(DEMO)       tìm trong cả kho / search everything'
	@echo '  $(BIN)/doisoat status --archive $(DEMO)                   từng trang được đọc thế nào / how pages were read'
	@echo '  $(BIN)/doisoat export demo/xuat --archive $(DEMO)         CSV, XLSX, JSONL'
	@echo '  $(BIN)/doisoat ingest THU_MUC_CUA_BAN                     tài liệu của bạn / your own folder'
	@echo
	@echo "Xem trên trình duyệt: tạo tài khoản (sẽ hỏi mật khẩu), rồi mở bàn làm việc. / In a browser:"
	@echo '  $(BIN)/doisoat users add quantri --role administrator --archive $(DEMO)'
	@echo '  $(BIN)/doisoat serve --archive $(DEMO)                    http://127.0.0.1:8765'

test: $(VENV)/.installed lint test-system
	$(BIN)/pytest -n 2 --dist loadfile

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/.installed
	@$(BIN)/python -m corpus.generator.build --output $(PILE) --forms all
	@$(BIN)/doisoat eval $(PILE) --forms all

# Tesseract with Vietnamese, and fonts that hold every Vietnamese letter (Debian's fonts-liberation 1.x does not).
system:
	@bash corpus/system-packages.sh $(PYTHON)

# Chromium and its driver, for the tests of the desk, and PostgreSQL, of which the tests run a server of their own.
test-system: | system
	@bash corpus/system-packages.sh $(PYTHON) tests

$(BIN)/python: | system
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên. / Python 3.11 or newer is needed."; exit 3; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml $(COMPILED) $(BIN)/python | system
	@echo "Cài đặt các thư viện Python vào $(VENV) (vài phút)… / Installing Python packages (some minutes)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(PILE) demo
