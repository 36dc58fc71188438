"""Names and postcodes made comparable, and short names for dense tables."""

import re
import unicodedata
from collections.abc import Collection

from values.abbreviate import fit

SHORT_NAME_WIDTH = 16

# Written as the words that normalising leaves; longest first, so that "sa de cv" goes before "cv".
# As normalising leaves them. Phrases are tried before words, so that "sa de cv" goes before "cv".
_LEGAL_PHRASES = [
    ("s", "de", "rl", "de", "cv"),
    ("sa", "de", "cv"),
    ("sab", "de", "cv"),
    ("sapi", "de", "cv"),
    ("sp", "z", "oo"),
    ("spol", "s", "ro"),
    ("kabushiki", "kaisha"),
]
_LEGAL_ABBREVIATIONS = """
ab ad ag aps as asa bhd bv bvba co company corp corporation cv dd dmcc doo ead ehf eirl eood ev fzc fzco
fze gk gmbh hf inc incorporated jsc kft kg kgaa kk lda limited llc llp lp ltd ltda mbh nv nyrt oao ohg
ood ooo ou oy oyj pao pjsc plc private pt pte pty pvt rt sa sab sarl sas sasu sca scs sdn se sl slu snc
spa spk srl sro tbk uab ug vof yk zao zrt
"""
_LEGAL_WORDS = frozenset(_LEGAL_ABBREVIATIONS.split())
_CJK_FORMS = ("株式会社", "有限会社", "合同会社", "股份有限公司", "有限责任公司", "有限公司", "주식회사")
_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "&": " and "}
)
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_DOT_IN_ABBREVIATION = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b|[\s,;)]|$)")
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")


def normalise_name(name: str) -> str:
    """The form under which two spellings of one company meet; "" only when there is no letter or digit.

    Case, accents, width, punctuation and spacing go, "&" is "and", and legal forms go from the end, one after
    another ("Co., Ltd."), but never the whole name.
    """
    words = _plain(name).split()
    return " ".join(_without_legal_forms(words))


def short_name(name: str, width: int = SHORT_NAME_WIDTH, taken: Collection[str] = ()) -> str:
    """A name of at most `width` characters: without legal form, later words abbreviated or left out.

    A number tells it from the names in `taken`, whatever the case: "Arrow Elec. Asia", "Arrow Elec. 2".
    """
    used = {each.casefold() for each in taken}
    words = _display_words(name)
    candidate, number = fit(words, width), 1
    while candidate.casefold() in used:
        number += 1
        suffix = f" {number}"
        candidate = fit(words, width - len(suffix)) + suffix
    return candidate


def normalise_postcode(postcode: str, country: str = "") -> str:
    """Upper case, and the punctuation that the country's post office uses: "sw1a1aa" in GB → "SW1A 1AA".

    A text that does not look like a postcode of the country only loses idle spaces.
    """
    text = " ".join(unicodedata.normalize("NFKC", postcode).upper().split())
    country = country.strip().upper()
    if country in _PREFIXED:
        text = _COUNTRY_PREFIX.sub("", text)
    if country not in _POSTCODES:
        return text
    pattern, shape = _POSTCODES[country]
    match = re.fullmatch(pattern, re.sub(r"[\s\-‐‑–]", "", text))
    return shape.format(*(part or "" for part in match.groups())).strip(" -") if match else text


_PREFIXED = frozenset({"AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "IT", "LU", "NO", "SE"})
_COUNTRY_PREFIX = re.compile(r"^[A-Z]{1,3}\s?-\s?(?=[0-9])")
_THREE_TWO = (r"(\d{3})(\d{2})", "{} {}")
_POSTCODES: dict[str, tuple[str, str]] = {
    "BR": (r"(\d{5})(\d{3})", "{}-{}"),
    "CA": (r"([A-Z]\d[A-Z])(\d[A-Z]\d)", "{} {}"),
    "CZ": _THREE_TWO,
    "GB": (r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", "{} {}"),
    "GR": _THREE_TWO,
    "IE": (r"([A-Z]\d[\dW])([A-Z\d]{4})", "{} {}"),
    "JP": (r"(\d{3})(\d{4})", "{}-{}"),
    "NL": (r"(\d{4})([A-Z]{2})", "{} {}"),
    "PL": (r"(\d{2})(\d{3})", "{}-{}"),
    "PT": (r"(\d{4})(\d{3})?", "{}-{}"),
    "SE": _THREE_TWO,
    "SK": _THREE_TWO,
    "US": (r"(\d{5})(\d{4})?", "{}-{}"),
}


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold()
    text = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text))
    # Only Latin, Greek and Cyrillic accents go; kana and hangul are joined again to keep their meaning.
    text = unicodedata.normalize("NFC", text.translate(_APOSTROPHES).translate(_WITHOUT_DECOMPOSITION))
    text = _DOT_IN_ABBREVIATION.sub("", text)
    return "".join(_letter_or_space(character) for character in text)


def _letter_or_space(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return character if category[0] in "LMN" else " "


def _without_legal_forms(words: list[str]) -> list[str]:
    kept = _without_cjk_form(words)
    while (length := _legal_form_length(kept)) and length < len(kept):
        kept = kept[:-length]
        if kept[-1] == "and" and len(kept) > 1:
            kept = kept[:-1]
    return kept


def _without_cjk_form(words: list[str]) -> list[str]:
    """East Asian forms are written onto the name, without a space."""
    if not words:
        return words
    for form in _CJK_FORMS:
        rest = words[-1].removesuffix(form)
        if rest != words[-1] and (rest or len(words) > 1):
            return [*words[:-1], rest] if rest else words[:-1]
    return words


def _legal_form_length(words: list[str]) -> int:
    """How many of the last words are one legal form, also with its letters apart ("S. A."); 0 for none."""
    for phrase in _LEGAL_PHRASES:
        if tuple(words[-len(phrase) :]) == phrase:
            return len(phrase)
    if words and words[-1] in _LEGAL_WORDS:
        return 1
    letters = 0
    while letters < len(words) and len(words[-1 - letters]) == 1:
        letters += 1
    for length in range(letters, 1, -1):
        if "".join(words[-length:]) in _LEGAL_WORDS:
            return length
    return 0


def _display_words(name: str) -> list[str]:
    """The words as written, without the legal form at their end."""
    words = _without_cjk_form(unicodedata.normalize("NFKC", name).split())
    core = normalise_name(name).split()
    for kept in range(1, len(words) + 1):
        if _plain(" ".join(words[:kept])).split()[: len(core)] == core:
            return [*words[: kept - 1], words[kept - 1].rstrip(",;")]
    return words
