# What people and CI run. `make` alone lists it.

CARGO ?= cargo
LUBAN := target/release/luban

.DEFAULT_GOAL := help
.PHONY: help build generate stale check test lint conformance cosign e2e rendered bench fuzz

help: ## List what there is
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build luban
	$(CARGO) build --release --locked --package luban

generate: build ## Compile platform.yaml into pipelines/ and overlays/
	$(LUBAN) schema platform --output docs/schema/platform.json
	$(LUBAN) schema check --output docs/schema/check.json
	$(LUBAN) explain --all docs/rules
	$(LUBAN) generate

stale: build ## Fail with a diff if what is committed is stale
	$(LUBAN) generate --check

check: stale ## Find what would be rejected, break or be attacked, in all YAML here
	$(LUBAN) check --profile strict --deny warning --closed

test: ## Every test that needs nothing but Rust and git
	$(CARGO) test --workspace --locked

lint: ## Format and lints, warnings denied
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

conformance: build cosign ## Upstream's own code judges what is compiled (needs Go and Node)
	$(CARGO) run --locked --package luban-dev -- conformance
	LUBAN_COSIGN=$(CURDIR)/tests/conformance/.build/cosign $(CARGO) test --locked --package luban-step --lib -- --ignored cosign

cosign:
	cd tests/conformance/programs/cosign && GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS='-trimpath -buildvcs=false' \
		go build -o ../../.build/cosign github.com/sigstore/cosign/v3/cmd/cosign

e2e: build cosign ## A whole way: push, build, release, promote, on this machine (needs Go)
	$(CARGO) run --locked --package luban-dev -- e2e

rendered: ## Keep what kustomize renders of overlays in snapshots/rendered (needs Go)
	$(CARGO) run --locked --package luban-dev -- conformance --only kustomize --update

bench: build ## Measure generate beside the floor, and check
	$(CARGO) run --release --locked --package luban-dev -- bench
	$(CARGO) run --release --locked --package luban-dev -- bench-check

# Seconds for each target, and which.
TIME ?= 60
TARGETS ?= yaml read expression check

fuzz: ## Look for inputs that crash or hang what reads them (needs cargo-fuzz; TIME=seconds TARGETS=…)
	python3 fuzz/seeds.py
	for target in $(TARGETS); do \
	  $(CARGO) fuzz run --sanitizer none $$target -- -max_total_time=$(TIME) -timeout=10 -rss_limit_mb=2048 \
	    -dict=fuzz/corpus/words.dict -verbosity=0 -print_final_stats=1 || exit 1; \
	done
