# Two commands matter: `make run` and `make test`. ARGS passes options to the demo, e.g. ARGS="--listen 0.0.0.0:80".
SHELL := /bin/bash
TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)

.PHONY: help run test bench assets fmt clean

help:
	@echo "make run     build and start the demo on http://127.0.0.1:8080 (data in ./var)"
	@echo "make test    format, lints, tests on SQLite and PostgreSQL, browser tests"
	@echo "make bench   measure rendering, serving and importing; prints one table"
	@echo "make assets  bundle the front-end libraries"
	@echo "make fmt     format the Rust code"
	@echo "make clean   remove build results (keeps ./var)"

run:
	@scripts/setup-run.sh
	@scripts/assets.sh
	@echo "== building zhengtong (the first build takes several minutes)"
	@cargo build --release -p zhengtong
	@exec $(TARGET)/release/zhengtong demo $(ARGS)

test:
	@scripts/setup-test.sh
	@scripts/test.sh

bench:
	@scripts/setup-run.sh
	@scripts/assets.sh
	@scripts/bench.sh

assets:
	@scripts/setup-run.sh
	@scripts/assets.sh

fmt:
	@cargo fmt --all

clean:
	@cargo clean
	@rm -rf crates/web/assets/dist assets/node_modules tests/browser/node_modules tests/browser/out
