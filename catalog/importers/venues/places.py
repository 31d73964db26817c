"""Whether a part of a volume's title names where a meeting was: a country, a state, `Virtual Event`."""

import re

from catalog.text.folding import fold

_COUNTRIES = """
albania; algeria; andorra; argentina; armenia; australia; austria; azerbaijan; bahrain; bangladesh; belarus;
belgium; bolivia; bosnia and herzegovina; brazil; brasil; brunei; bulgaria; cambodia; cameroon; canada; chile;
china; p r china; pr china; peoples r china; colombia; costa rica; croatia; cuba; cyprus; czech republic;
czechia; denmark; dominican republic; ecuador; egypt; england; estonia; ethiopia; finland; france; georgia;
germany; ghana; greece; guatemala; hong kong; hong kong sar; hungary; iceland; india; indonesia; iran; iraq;
ireland; israel; italy; jamaica; japan; jordan; kazakhstan; kenya; korea; korea south; south korea;
republic of korea; kuwait; latvia; lebanon; liechtenstein; lithuania; luxembourg; macao; macau; malaysia; malta;
mauritius; mexico; monaco; mongolia; montenegro; morocco; mozambique; myanmar; namibia; nepal; netherlands;
the netherlands; new zealand; nigeria; north macedonia; northern ireland; norway; oman; pakistan; panama;
paraguay; peru; philippines; poland; portugal; puerto rico; qatar; romania; russia; russian federation; rwanda;
san marino; saudi arabia; scotland; senegal; serbia; singapore; slovakia; slovenia; south africa; spain;
sri lanka; sweden; switzerland; taiwan; tanzania; thailand; tunisia; turkey; turkiye; uganda; uk; u k; ukraine;
united arab emirates; uae; united kingdom; united states; united states of america; uruguay; us; usa; u s a;
uzbekistan; venezuela; vietnam; viet nam; wales; zambia; zimbabwe
"""
_STATES = """
alabama; alaska; arizona; arkansas; california; colorado; connecticut; delaware; florida; hawaii; idaho; illinois;
indiana; iowa; kansas; kentucky; louisiana; maine; maryland; massachusetts; michigan; minnesota; mississippi;
missouri; montana; nebraska; nevada; new hampshire; new jersey; new mexico; new york; north carolina;
north dakota; ohio; oklahoma; oregon; pennsylvania; rhode island; south carolina; south dakota; tennessee; texas;
utah; vermont; virginia; washington; west virginia; wisconsin; wyoming; alberta; british columbia; manitoba;
new brunswick; nova scotia; ontario; quebec; saskatchewan; new south wales; queensland; victoria; okinawa; bavaria
"""
_ONLINE = re.compile(
    r"(?:virtual|online|hybrid)(?:[\s-]+(?:only|event|conference|meeting|mode))?(?:\s*[/(].*)?"
    r"|(?:fully )?virtual.*|co-?located with .*|held .*",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{2}|D\.?C\.?")
"""A state of the USA or a province of Canada by two letters: `CA`, `BC`."""
_NAMES = frozenset(
    name.strip() for table in (_COUNTRIES, _STATES) for name in table.replace("\n", " ").split(";")
)


def is_place(segment: str) -> bool:
    """Return whether the whole of a segment between commas is a country, a state or `Online`."""
    bare = segment.strip(" .;:[]")
    folded = fold(bare)
    if folded in _NAMES or _CODE.fullmatch(bare) or _ONLINE.fullmatch(bare):
        return True
    return any(
        fold(part) in _NAMES for part in re.split(r"\s*[/(\[]\s*|\s+and\s+", bare) if part
    ) and (len(bare.split()) <= 6)
