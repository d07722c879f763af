.PHONY: demo serve test train nlu bench bench-speech lint setup setup-dev locks format clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    sets everything up and starts it on http://localhost:8000"
	@echo "make test    sets everything up and runs every test"
	@echo "make serve   starts without demo data; make train, make bench, make lint do what they say"
	@echo "make nlu     trains if need be and measures how well the assistant understands"

demo: setup
	@DEMO=1 exec ./civicline run

serve: setup
	@DEMO= exec ./civicline run

test: setup-dev
	@scripts/test

train: setup
	@./civicline train

nlu: setup-dev
	@./civicline train
	@mkdir -p var && .venv/bin/python -m benchmarks.safety_screen tests/nlu/*.yml >var/screened.json
	@PYTHONPATH=bot/rasa bot/rasa/.venv/bin/python -m civicline_rasa.measure --screened var/screened.json

bench: setup-dev
	@./civicline train
	@.venv/bin/python -m benchmarks.chat_turn

bench-speech: setup-dev
	@./civicline train
	@scripts/bench-speech

lint: setup-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: setup-dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

setup:
	@scripts/setup app

setup-dev:
	@scripts/setup dev

locks:
	scripts/lock

clean:
	rm -rf .venv bot/rasa/.venv bot/rasa/encoder .tools telephony/browser/node_modules var models/*.tar.gz
