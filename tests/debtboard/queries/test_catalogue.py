"""Report cards: what a signal's page says of its findings."""

import json

import pytest

from debtboard.domain.queries import catalogue as query
from debtboard.domain.queries import examples
from scoring.debts import all_debts
from scoring.knowledge.report_cards import REPORT_CARDS, Judged


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (None, "nobody has judged its findings yet"),
        (Judged(0, 0, 3, 0, 0), "3 wrong ones mended since and made no more"),
        (Judged(1, 1, 0, 0, 0), "1 of 1 finding looked up by hand was right"),
        (Judged(8, 6, 0, 0, 0), "6 of 8 findings looked up by hand were right"),
        (
            Judged(8, 6, 1, 3, 2),
            "6 of 8 findings looked up by hand were right; of those drawn at random 2 of 3;"
            " 1 wrong one mended since and made no more",
        ),
    ],
)
def test_measured_precision_in_words(judged, said):
    assert query.measured(judged) == said


def test_debt_whose_signals_nobody_built_has_no_card():
    built = {signal.debt for signal in query.signals_by_id().values() if signal.built}
    assert {debt.slug for debt in all_debts() if query.debt_page(debt).cards} == built


def test_every_built_signal_has_a_card_with_what_was_measured():
    cards = {card.id: card for debt in all_debts() for card in query.debt_page(debt).cards}
    signals = query.signals_by_id()
    assert sorted(cards) == sorted(id_ for id_, signal in signals.items() if signal.built)
    assert {id_: card.measured for id_, card in cards.items()} == {
        id_: query.measured(REPORT_CARDS.get(id_)) for id_ in cards
    }
    assert [id_ for id_, card in cards.items() if len(card.bad) != len(signals[id_].bad)] == []


def test_long_example_is_cut():
    cards = [card for debt in all_debts() for card in query.debt_page(debt).cards]
    lines = [example.lines for card in cards for example in (*card.bad, *card.good)]
    assert max(len(shown) for shown in lines) <= examples.MAX_LINES + 1
    assert max(len(text) for shown in lines for _, text in shown) <= examples.MAX_COLUMNS + 2


def test_notebook_is_shown_by_its_cells():
    cell = {"cell_type": "code", "execution_count": None, "source": ["x = 1\n", "y = 2"], "outputs": ["never shown"]}
    assert examples.cells_of(json.dumps({"cells": [cell]})) == "# cell 1, code, run never\nx = 1\ny = 2"


@pytest.mark.parametrize("text", ["", "not json", "[1]", '{"cells": [1]}', '{"cells": [{"source": 1}]}'])
def test_notebook_that_is_none_is_shown_as_it_is(text):
    assert examples.cells_of(text) == text


@pytest.mark.django_db
def test_page_shows_examples_anchors_false_positives_and_precision(client, django_user_model, settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    client.force_login(django_user_model.objects.create(username="alice"))
    text = client.get("/catalogue/fixed-thresholds/").content.decode()
    assert "model.predict_proba(rows)[:, 1] &gt; 0.7" in text
    assert "model.predict_proba(rows)[:, 1] &gt; cut" in text
    assert f"Measured: {query.measured(REPORT_CARDS['thr.1'])}." in text
    assert " Caution: " in text


@pytest.mark.django_db
def test_pages_name_debts_by_their_titles_and_a_measure_that_no_signal_feeds(client, django_user_model, settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    client.force_login(django_user_model.objects.create(username="alice"))
    assert "<td>More model than the gain pays for</td>" in client.get("/catalogue/model-5/").content.decode()
    assert "Debts: World" in client.get("/catalogue/fixed-thresholds/").content.decode()
    assert "a measure of its own" in client.get("/catalogue/litmus-new-algorithm/").content.decode()
    assert "a measure of its own" not in client.get("/catalogue/litmus-transitive-closure/").content.decode()
