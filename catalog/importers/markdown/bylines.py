"""Bylines: which texts are names of authors, and what they give a record."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

_ET_AL = re.compile(
    r"(?<![\s,.;])[\s,.;]*\b(?:et\.?\s?al\b\.?|etc\.?$|and (?:\d+ )?others\b|和 ?其他|等人?$"
    r"|u\.\s?a\.?$|y otros\b|e outros\b)"
    r"|(?<![\s,])[\s,]*(?:\.\.\.|…)\s*$",
    re.IGNORECASE,
)
"""Where names are missing: `A. Example et al.`, `and 3 others`, `张三, 等`, `A. Example, …`."""
_SEPARATOR = re.compile(
    r"\s*(?:,\s*(?:and\s+|&\s*)?|;|、|，|；|\s·\s|\s•\s|\band\b|\bund\b|\s(?:y|et(?!\s*al))\s|&(?!\w)|(?<=\s)&)\s*"
)
"""Between two names: `, and `, `; `, `、`, ` · `, ` y `, ` et ` (not `et al.`), ` & `."""
_LABEL = re.compile(
    r"^\s*(?:authors?|by|作者|written by|author list)\s*[:：]?\s+|^authors?\s*[:：]\s*",
    re.IGNORECASE,
)
"""`Authors: `, `by `, `作者 ` before the names."""
_MARKS = re.compile(
    r"[*†‡§¶#^∗⋆★✉️]+|[\u00b9\u00b2\u00b3\u2070-\u209f]+|(?<=[a-z])[0-9](?:,[0-9])*(?=\s|,|$)|<[^<>]*>"
)
"""Marks of affiliation: `Example*`, `Example¹`, `Example1,2`."""
_PARTICLE = re.compile(
    r"(?:van|von|der|den|de|del|della|di|da|do|dos|das|la|le|el|al|bin|ibn|ben|ter|ten|te|zu|zur|y|e|af|av|du|des|'t|st|vom|dal)$"
)
"""Words of a family name without a capital: `Carla van der Berg`."""
_WORD = re.compile(r"[^\W\d_]['’‘`.\w-]*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]?){1,4}")
_CJK_NAME = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}$")
_CJK_ONLY = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]+")
# Words of titles that look like names when each begins with a capital.
_NO_NAME = frozenset(
    """
    learning network networks neural deep model models vision language visual image images video
    videos data dataset datasets training pretraining attention transformer transformers graph
    graphs survey review robust robustness adversarial generation generative detection
    recognition segmentation classification representation representations embedding embeddings
    reasoning knowledge human machine artificial intelligence system systems optimization
    reinforcement supervised unsupervised multimodal multi modal cross domain adaptation
    transfer semantic text speech audio music framework method methods approach analysis
    evaluation benchmark benchmarks task tasks large small fast efficient end towards toward
    beyond the of for with in on via from using and to is are a an as at by into over under
    between without through how what why when where do does can not new novel algorithm
    algorithms theory application applications understanding prediction estimation search
    retrieval agent agents planning control policy policies dynamic dynamics simple general
    generalization zero few shot one step scale scaling code paper project page official github
    keyword keywords key alignment diffusion editing prompt prompting tuning fine instruction
    reward feedback preference safety privacy security attack attacks defense federated
    distributed causal bayesian probabilistic stochastic linear nonlinear convolutional
    recurrent autoencoder gan gans llm llms bert gpt nlp 3d 2d self structure structured memory
    question answering dialogue translation summarization object objects scene scenes point
    cloud clouds motion pose face action depth camera robot robots robotics autonomous driving
    medical clinical health news preprint conference workshop journal proceedings transactions
    university institute spotlight oral poster best award ieee acm usenix trans conf proc
    rev int intl phys astron astrophys symp
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


_FAMILIES = frozenset({"An", "Do", "To", "On", "In", "Can", "At", "By", "Is", "As", "Are"})
"""Family names that are small words when a sentence has them."""
_NAMES_TOO = frozenset({"Gan", "Deep", "Page", "Key", "Small", "Cross", "Best", "Cloud", "Large"})
"""Words of titles that are names next to a name, in a list of names."""
_SEVERAL = 5
"""Names from which one that reads oddly does not put the others in doubt; among fewer it may be the
whole text that is not a byline."""
_ORGANISATION = re.compile(
    r"\b(?:research|labs?|inc|google|microsoft|meta|amazon|nvidia|university|institute|team)\b",
    re.IGNORECASE,
)
"""A name with such a word is a group: `Example Research`, `Team Example`."""


@dataclass(frozen=True, slots=True)
class Byline:
    """The authors as shown, and how sure it is that they are names.

    `is_sure` means two names or more, initials, or "et al."; otherwise the text may be one name or
    an organisation, and only its place in the entry decides.
    """

    shown: str
    names: tuple[str, ...]
    has_more: bool
    is_sure: bool


_INVERTED = (
    r"(?:[a-z]{2,3} ){0,2}[^\W\d_a-z][\w'’-]+, [^\W\d_a-z][\w'’.-]*(?: [^\W\d_a-z][\w'’.-]*)?"
)
_SEVERAL_INVERTED = re.compile(rf"{_INVERTED}(?:\s?[/;]\s{_INVERTED})+")
"""`Ohlsen, Detlev / Quistorp, Anneke`."""
_ONE_INVERTED = re.compile(_INVERTED)


def is_inverted_name(text: str) -> bool:
    """Return whether `text` is one name with the family name first: `Bratenahl, Hedwig`."""
    return _ONE_INVERTED.fullmatch(text) is not None


EDITORS = re.compile(
    r"\s*\((?:Hrsg|Hg|eds?|editors?|coords?|dirs?|orgs?|comps?|Bearb)\b\.?\)", re.IGNORECASE
)
"""`Example, Ada (Hrsg.)`: whoever edited a book; the mark leaves no doubt that names go before."""


@lru_cache(maxsize=8192)
def read_byline(text: str) -> Byline | None:
    """Return the byline that the whole of `text` is, or None when it does not read as one."""
    marks = list(EDITORS.finditer(text))
    # `Example, A. (ed.), Water from Stone` goes on with a title.
    if marks and not text[marks[-1].end() :].strip(" ,.;:"):
        shown = _clean(EDITORS.sub("", text))
        known = read_byline(shown)
        if known is None and len(shown.split()) <= _LONGEST_EDITOR:
            known = Byline(shown, (shown,), False, True)
        return replace(known, is_sure=True) if known else None
    shown = _clean(text)
    if not 2 <= len(shown) <= 6000:
        return None
    bare = " ".join(_MARKS.sub("", shown).split())
    et_al = _ET_AL.search(bare)
    has_more = et_al is not None
    if et_al is not None and re.search(r"[^\W\d_]{2}", bare[et_al.end() :]):
        return None
    names = _split_names(bare)
    if not names or any(re.search(r"\d{2}", name) for name in names):
        return None
    odd = [number for number, name in enumerate(names) if not is_name(name)]
    if not _are_names(names, odd, has_more=has_more):
        return None
    full = sum(_is_full(name) for name in names)
    is_sure = has_more or (len(names) > 1 and full > 0.5 * len(names)) or _has_initial(names)
    # A title may go before the names.
    is_sure = is_sure and not (1 < len(names) < _SEVERAL and 0 in odd)
    return Byline(shown, tuple(names), has_more, is_sure)


_LONGEST_EDITOR = 4
"""Words of an organisation that edits: `ALLEA (Hrsg.)`."""


def _split_names(bare: str) -> list[str]:
    if _SEVERAL_INVERTED.fullmatch(bare):
        return re.split(r"\s?[/;]\s", bare)
    names = [
        name.strip()
        if " " in name.strip() or _INITIALS.fullmatch(name.strip())
        else name.strip(" .")
        for name in _SEPARATOR.split(_ET_AL.sub(" , ", bare))
    ]
    names = _join_initials([name for name in names if name.strip(" .,()")])
    return _punctuate(_join_inverted(names))


def _are_names(names: list[str], odd: list[int], *, has_more: bool) -> bool:
    """Return whether all are names; of many, a few odd ones may pass, but no words of titles."""
    if not odd:
        return True
    if len(names) >= _SEVERAL and len(odd) <= 0.2 * len(names) and len(names) - 1 not in odd:
        return all(len(names[number].split()) <= 3 for number in odd)
    others = [name for number, name in enumerate(names) if number not in odd]
    are_enough = (len(others) >= 2 and all(map(_is_full, others))) or (not others and has_more)
    return len(odd) == 1 and are_enough and _may_be_name(names[odd[0]])


def _may_be_name(text: str) -> bool:
    """Return whether a text is a name but for a word that titles have too: `Chuang Gan`."""
    words = [word for word in text.split() if word.lower() not in _NO_NAME]
    rest = [word for word in text.split() if word.lower() in _NO_NAME]
    return len(words) == len(rest) == 1 and rest[0] in _NAMES_TOO and is_name(words[0])


def _clean(text: str) -> str:
    shown = " ".join(text.split()).strip(' \t,;:|-–—()[]*_"“”（），；：。')
    shown = _LABEL.sub("", shown)
    return shown.strip(" ,;:|-–—*_")


def _join_initials(names: list[str]) -> list[str]:
    """Join `Example, A.` of a list that gives family names first: `Example, A., Sample, B.`."""
    joined: list[str] = []
    for name in names:
        # Without periods three capitals are an acronym.
        is_short = "." in name or len(name) <= 2
        is_initials = name.isupper() and is_short and _INITIALS.fullmatch(name) is not None
        if is_initials and joined and "," not in joined[-1] and _is_family(joined[-1]):
            joined[-1] = f"{joined[-1]}, {name}"
        else:
            joined.append(name)
    return joined


def _join_inverted(names: list[str]) -> list[str]:
    """Join `Example, Ada` of a list that inverts its first name: `Example, Ada, and Ben Sample`."""
    if len(names) < 3 or any(len(name.split()) < 2 or "," in name for name in names[2:]):
        return names
    family, given = names[:2]
    is_inverted = len(family.split()) == 1 and re.fullmatch(r"[^\W\d_]+(?: [A-Z]\.?)*", given)
    return [f"{family}, {given}", *names[2:]] if is_inverted else names


def _punctuate(names: list[str]) -> list[str]:
    """Add the comma and the periods that initials have elsewhere: `Example AB` too."""
    if len(names) > 1 and all(_VANCOUVER_NAME.fullmatch(name) for name in names):
        return [_VANCOUVER_NAME.sub(_spell_vancouver, name) for name in names]
    if any(name.endswith(".") for name in names):
        names = [re.sub(r"(,\s[A-Z])$", r"\1.", name) for name in names]
    # The period of a whole word ends the byline.
    return [name[:-1] if re.search(r"[^\W\d_]{3}\.$", name) else name for name in names]


_VANCOUVER_NAME = re.compile(r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?) ((?!AI\b)[A-Z]{1,3})\.?")


def _spell_vancouver(name: re.Match[str]) -> str:
    return f"{name[1]}, {' '.join(f'{letter}.' for letter in name[2])}"


def _is_family(name: str) -> bool:
    words = name.split()
    return len(words) <= 3 and len(words[-1]) > 2 and not any(word.endswith(".") for word in words)


_LONGEST_SHORT = 5
"""Characters of a word that is cut short inside a name: `Chas. `."""
_LONGEST_NAME = 300
"""Characters of a name that are looked at, with what is in brackets; the rest has 60."""
_CJK_JOURNAL = re.compile(r"(?:学报|學報|期刊|杂志|雜誌|通讯|论文集|論文誌|学会誌)$")


@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Return whether `text` can be the name of one person."""
    text = text.strip(" ,")
    if _CJK_ONLY.fullmatch(text):
        return _CJK_NAME.match(text) is not None and not _CJK_JOURNAL.search(text)
    text = re.sub(r"\([^)]*\)|\"[^\"]*\"", " ", text[:_LONGEST_NAME])
    text = re.sub(r",?\s+(?:Jr|Sr)\.?$|\s+I{2,3}$", "", text)
    words = text.replace(",", " ").split()
    if not 1 <= len(words) <= 6 or len(text) > 60:
        return False
    for number, word in enumerate(words):
        if number and word in _FAMILIES:
            continue
        # `Digital Past. Ein Buch`: words cut short inside a name are short.
        is_end = word.endswith(".") and len(word) > _LONGEST_SHORT and number < len(words) - 1
        if is_end or (word.lower().strip(".") in _NO_NAME and len(word.strip(".")) > 1):
            return False
        if not (_PARTICLE.match(word) or _WORD.match(word)):
            return False
        if (
            word[0].islower()
            and not _PARTICLE.match(word)
            and not (len(words) > 1 and len(words) < 4 and "-" in word)
        ):
            return False
    return any(word[0].isupper() or not word[0].isascii() for word in words)


def _is_full(name: str) -> bool:
    if _ORGANISATION.search(name):
        return False
    return len(name.replace(",", " ").split()) >= 2 or bool(_CJK_NAME.match(name))


def _has_initial(names: list[str]) -> bool:
    """Return whether most names have an initial: `A. Example`, `Example, A.`."""
    with_initial = [
        name
        for name in names
        if re.search(r"(?:^|[\s,])[A-Z]\.", name) or re.search(r",\s?[A-Z]$", name)
    ]
    return len(with_initial) >= 0.5 * len(names)
