"""How well early warning and the categories read the blind corpus, by way of writing."""

import pytest

from tests.phrases import NO_FIELD_DATA, Sentence, alarms, corpus, score

pytestmark = pytest.mark.bench


def test_the_corpus_is_read() -> None:
    registers = sorted({s.register for s in corpus()})
    print(f"\n{'':18}    n  precision  recall  category  in two")
    for half in ("tune", "unseen"):
        here = [s for s in corpus() if s.half == half]
        _print(half, here)
        for register in registers:
            _print(f"  {register}", [s for s in here if s.register == register])
    missed = [str(s.number) for s in corpus() if s.half == "unseen" and s.alarm and not alarms(s)]
    rung = [str(s.number) for s in corpus() if s.half == "unseen" and alarms(s) and not s.alarm]
    print("unseen, missed (lines of the file):", " ".join(missed))
    print("unseen, rung for nothing:", " ".join(rung))
    for s in corpus():
        if s.half == "tune" and alarms(s) != s.alarm:
            print("missed:" if s.alarm else "rung for nothing:", s.text)
    print(NO_FIELD_DATA)
    assert score(s for s in corpus() if s.half == "unseen").recall > 0.5


def _print(name: str, sentences: list[Sentence]) -> None:
    got = score(sentences)
    figures = f"{got.precision:9.2f} {got.recall:8.2f} {got.first:9.2f} {got.first_two:8.2f}"
    print(f"{name:18} {got.size:4} {figures}")
