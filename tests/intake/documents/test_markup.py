"""XML that is written anew says what it said, but for what the rules take out of it."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.documents.markup import DEEPEST, Rules, rewritten
from intake.errors import NotCleanable

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def made(text: str | bytes, *kept: str, **rules: object) -> str:
    content = text if isinstance(text, bytes) else text.encode()
    chosen = Rules(**rules)  # type: ignore[arg-type]  # fields by name
    copy = rewritten((content[:9], content[9:]), chosen, kept_links=frozenset(kept))
    return copy.decode().partition("\n")[2]


_LOCALS = st.sampled_from(["a", "b", "gone", "c1", "नाम"])
_PREFIXES = st.sampled_from(["", "", "p:", "q:"])
_WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
    ),
    max_size=9,
)


def _written(tree: tuple[str, str, str, list[object]]) -> str:
    prefix, name, words, inner = tree
    holder = ElementTree.Element("x", {"v": words})
    holder.text = words
    quoted = ElementTree.tostring(holder, "unicode")
    value = quoted[quoted.index('v="') + 3 : quoted.index('"', quoted.index('v="') + 3)]
    text = quoted[quoted.index(">") + 1 : quoted.rindex("<")] if words else ""
    children = "".join(_written(each) for each in inner)  # type: ignore[arg-type]  # its own kind
    return f'<{prefix}{name} p:k="{value}" k="{value}">{text}{children}<!-- no --></{prefix}{name}>'


_TREES = st.recursive(
    st.tuples(_PREFIXES, _LOCALS, _WORDS, st.just([])),
    lambda inner: st.tuples(_PREFIXES, _LOCALS, _WORDS, st.lists(inner, max_size=3)),
    max_leaves=9,
)


@settings(max_examples=150, deadline=None)
@given(_TREES)
def test_without_rules_it_is_the_same_document(tree: tuple[str, str, str, list[object]]) -> None:
    text = f'<root xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q">{_written(tree)}</root>'
    copy = made(text)
    assert ElementTree.canonicalize(copy) == ElementTree.canonicalize(text)
    assert made(copy) == copy
    without = made(text, dropped=frozenset({"gone"}))
    assert "gone" not in without
    ElementTree.fromstring(without)


def test_what_is_dropped_goes_with_all_that_is_in_it_and_what_is_unwrapped_leaves_that() -> None:
    text = "<r>1<gone>2<b>3</b></gone>4<thin>5<b>6</b></thin>7</r>"
    rules = {"dropped": frozenset({"gone"}), "unwrapped": frozenset({"thin"})}
    assert made(text, **rules) == "<r>145<b>6</b>7</r>"


def test_what_an_unwrapped_element_declared_is_declared_again_where_it_is_used() -> None:
    text = '<r><thin xmlns:p="urn:p"><p:b><p:c/></p:b></thin><thin xmlns="urn:d"><b/></thin></r>'
    copy = made(text, unwrapped=frozenset({"thin"}))
    assert copy == '<r><p:b xmlns:p="urn:p"><p:c></p:c></p:b><b xmlns="urn:d"></b></r>'


def test_a_link_that_is_not_kept_takes_its_element_with_it_unless_the_link_alone_goes() -> None:
    text = f'<r xmlns:r="{R}"><a r:id="x"/><b r:id="y">2</b><c r:link="y">3</c></r>'
    copy = made(text, "x", bare=frozenset({"link"}))
    assert copy.partition(">")[2] == '<a r:id="x"></a><c>3</c></r>'


def test_an_address_leads_only_into_the_document() -> None:
    text = (
        '<r xmlns:l="http://www.w3.org/1999/xlink"><a l:href="#here"/><a l:href="http://x/"/>'
        '<a l:href="Pictures/1.png"/><a l:href=""/><a l:href="../x"/></r>'
    )
    copy = made(text, "Pictures/1.png").partition(">")[2]
    assert copy == '<a l:href="#here"></a><a l:href="Pictures/1.png"></a></r>'


@pytest.mark.parametrize("vocabulary", ["x y", "x y z", "http://x/ gone p"])
def test_a_vocabulary_with_spaces_in_its_name_hides_no_element(vocabulary: str) -> None:
    for text in (
        f'<r><gone xmlns="{vocabulary}">2</gone>3</r>',
        f'<r><p:gone xmlns:p="{vocabulary}">2</p:gone>3</r>',
    ):
        assert made(text, dropped=frozenset({"gone"})) == "<r>3</r>"


def test_signs_that_mean_something_in_xml_stay_signs() -> None:
    text = '<r k="&lt;&quot;&#10;&#9;&amp;">&lt;b&gt;&amp;amp; <![CDATA[<c>]]></r>'
    assert made(text) == ('<r k="&lt;&quot;&#10;&#9;&amp;">&lt;b&gt;&amp;amp; &lt;c&gt;</r>')


def test_other_alphabets_and_encodings_come_out_as_one() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><r>नमस्ते</r>'.encode("utf-16")
    assert made(text) == "<r>नमस्ते</r>"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE r><r/>",
        '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>',
        '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>',
        "<r>&a;</r>",
        "<r>",
        "",
        "<r/><r/>",
        "<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1),
        '<r xmlns:p="urn:&#1;"/>',
        b'<?xml version="1.0" encoding="EBCDIC"?><r/>',
    ],
)
def test_what_could_unfold_or_is_no_xml_is_refused(text: str | bytes) -> None:
    with pytest.raises(NotCleanable):
        made(text)
