"""Names are compared without case, accents and punctuation, whatever people type."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ice_facts.errors import NotFoundError
from ice_facts.model import ALL_NAMED, Jurisdiction, Policy
from ice_facts.resolve import find, resolve
from ice_facts.store import Store
from ice_facts.store.naming import key_of, short_key_of
from tests.conftest import Run

STORE = Store()
PLACES = [(id, names) for id, names in STORE.names(Jurisdiction)]

noise = st.text(alphabet=" .,'-_()\t", max_size=3)


@given(st.sampled_from(PLACES), st.booleans(), noise, noise)
def test_case_and_punctuation_around_an_id_do_not_matter(
    place: tuple[str, object], upper: bool, before: str, after: str
) -> None:
    id, _ = place
    typed = before + (id.upper() if upper else id.replace("-", " ")) + after

    assert [m.id for m in find(STORE, typed, (Jurisdiction,))] == [id]


@given(st.sampled_from([id for id, _ in STORE.names(Policy)]))
def test_every_policy_is_found_by_its_title_unless_others_share_it(id: str) -> None:
    policy = STORE.one(Policy, id)

    assert id in [m.id for m in find(STORE, policy.title, (Policy,))]


@given(st.text(max_size=60))
def test_the_key_of_a_name_is_its_own_key(text: str) -> None:
    key = key_of(text)

    assert key_of(key) == key
    assert not any(c.isspace() or c in string.punctuation for c in key)


@given(st.text(max_size=60))
def test_the_short_key_of_a_name_is_its_own_key(text: str) -> None:
    key = short_key_of(text)

    assert short_key_of(key) == key
    assert key_of(key) == key


WHOLE_AND_SHORT = (
    ("Saint", "St."),
    ("Fort", "Ft."),
    ("Mount", "Mt."),
    ("North", "N."),
    ("South", "S"),
    ("East", "E."),
    ("West", "W"),
)


@given(
    st.sampled_from(WHOLE_AND_SHORT),
    st.text(alphabet=string.ascii_letters, min_size=1, max_size=12),
)
def test_words_that_people_shorten_have_one_key(pair: tuple[str, str], rest: str) -> None:
    whole, short = pair

    assert short_key_of(f"{whole} {rest}") == short_key_of(f"{short} {rest}")


@given(st.text(alphabet="aeionucst", min_size=1, max_size=12), st.integers(0, 12))
def test_accents_and_apostrophes_do_not_matter(text: str, place: int) -> None:
    accents = str.maketrans("aeionuc", "áèîöñüç")

    assert key_of(text.translate(accents)) == key_of(text)
    for apostrophe in "'’ʻʼ`":
        assert key_of(text[:place] + apostrophe + text[place:]) == key_of(text)


@given(st.text(alphabet=string.ascii_lowercase + "'-. ", min_size=1, max_size=30))
def test_upper_and_lower_case_do_not_matter(text: str) -> None:
    assert short_key_of(text) == short_key_of(text.upper()) == short_key_of(text.title())


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_text_finds_a_record_or_is_refused_with_a_message(text: str) -> None:
    try:
        found = resolve(STORE, text, ALL_NAMED)
    except NotFoundError as error:
        assert error.message
        assert error.exit_code == 1
    else:
        assert STORE.get(found.cls, found.id) is not None


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("SB 4", ["tx-sb-4-2017", "tx-sb-4-2023"]),
        ("trust act", ["boston-trust-act", "ca-trust-act", "ct-trust-act", "il-trust-act"]),
    ],
)
def test_laws_that_share_a_name_are_listed(run: Run, name: str, ids: list[str]) -> None:
    asked = run("policy", name)
    assert (asked.code, asked.stdout) == (1, "")
    assert [line.split()[0] for line in asked.stderr.splitlines()[1:]] == ids


def test_a_law_is_found_with_its_state(run: Run) -> None:
    assert run("policy", "Texas SB 4", "-f", "json").json()["id"] == "tx-sb-4-2017"
    assert run("policy", "California TRUST Act", "-f", "json").json()["id"] == "ca-trust-act"
