"""Text as people type it, paste it and send it in tables: composed letters, nothing invisible.

Everything that comes in goes through here once: a name typed on one phone must equal the same
name typed on another, and what the eye cannot see must not make two names of one.
"""

import re
import unicodedata

# Seen as nothing, though Unicode counts them as letters or symbols.
_BLANKS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_KEPT_SIGNS = "\n\t"
_STACKED = re.compile(
    f"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f{_BLANKS}]"
)
_DASHES = re.compile("[\u02d7\u2010-\u2015\u2043\u2212\u2500\u2501\u2796\u2e3a\u2e3b\u30fc\ufe58]")
# Letters of other scripts that no eye tells from ours.
_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТХУҮԌԚԜӀаеѕіјорсухѵԁԛԝһӏ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν",
    "ABESIJKMHOPCTXYYGQWIaesijopcyxvdqwhl" + "ABEZHIKMNOPTYXoiv",
)


def composed(text: str) -> str:
    """The same words in composed letters (NFC), without invisible signs; lines stay lines.

    Only marks over Latin letters are taken away: those of Khmer are letters of their own. Emoji
    lose their joiners: they are shown a little plainer, and nothing hides between letters.
    """
    whole = unicodedata.normalize("NFC", text)
    if whole.isprintable() and not _STACKED.search(whole):
        return whole
    return "".join(_visible(sign) for sign in whole)


def one_line(text: str) -> str:
    """`composed`, on one line with single spaces; "" where nothing can be seen."""
    return " ".join(composed(text).split())


def plain_words(words: str) -> str:
    """In small letters, composed, without stops at the end and doubled blanks."""
    whole = unicodedata.normalize("NFC", words).casefold()
    return " ".join(whole.split()).strip(" .!,;:")


def _visible(sign: str) -> str:
    if sign in _KEPT_SIGNS or (sign.isascii() and sign.isprintable()):
        return sign
    if sign in _BLANKS:
        return " "
    if _STACKED.match(sign):  # marks that no letter took up in composing
        return ""
    category = unicodedata.category(sign)
    if category == "Cf":
        return ""
    return " " if category[0] in "ZC" else sign


def plain_code(text: str) -> str:
    """A unit's code with look-alikes made equal: Cyrillic and full-width letters, any dash."""
    wide = unicodedata.normalize("NFKC", one_line(text)).translate(_TWINS)
    return _DASHES.sub("-", wide)


_PIECES = re.compile(r"\d+|[^\W\d_]+")


def code_pieces(code: str) -> tuple[str, ...]:
    """What is left of a code without case, separators and leading zeros.

    Two codes with the same pieces are hardly ever meant for two units: P-01, p1, "P 001".
    """
    return tuple(
        piece.lstrip("0") or "0" if piece.isdecimal() else piece
        for piece in _PIECES.findall(plain_code(code).casefold())
    )


# TCVN3 (.VnTime) shows Vietnamese letters where these signs stand between ours.
_TCVN3 = "¡¢£¤¥¦§¨©ª«¬®µ¶·¸¹»¼½¾"
_TCVN3_CAPITALS = "ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÜÝÞ"  # small letters that look like capitals
_LEGACY = re.compile(
    "|".join(
        (
            f"[{_TCVN3}][A-Za-zÀ-ỹ]|[A-Za-zÀ-ỹ][{_TCVN3.replace('®', '').replace('©', '')}]",
            f"[a-z][{_TCVN3_CAPITALS}](?![A-ZÀ-Ý])|[A-Z][ÆÇËÎÏÐÑÖØÜÞ](?=[a-z])",
            # VNI: the accents stand as letters behind the vowel.
            "[aeoAEO][âÂ]|[aeoyôöưươAEOYÔÖ][ùøûõïÙØÛÕÏ]|[uU][ùøûõïÙØÛÕÏ]",
            "[aAeE][áàåãäÁÀÅÃÄ]|[oO][åäÅÄ]|[aA][éèëúüÉÈËÚÜ]|öô|ÖÔ|[ôö]ï|[ÔÖ]Ï",
            r"\b[ñÑ](?=[^\W\d_])|(?<=[A-Z])Ñ(?=[A-Z])",
            # UTF-8 read as another code, and letters lost on the way.
            "Ã[\u0080-\u009f¡-¿]|á[»º]|Æ[°¡]|Ä[\u0080-\u009f‘ƒ©¨]|Å©|\ufffd",
            r"[^\W\d_]\?+[^\W\d_]|(?<!\S)\?+[^\W\d_]|\?{2,}[^\W\d_]",
            r"[^\W\d_]\?\s.*[^\W\d_]\?",
        )
    )
)
# A soft hyphen is TCVN3's ư, but only beside signs of its kind and no letter that it lacks.
_SOFT = re.compile("[A-Za-zÀ-ÿ]\u00ad|\u00ad[A-Za-zÀ-ÿ]")
_BEYOND = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300-\u036f]")


def is_legacy(text: str) -> bool:
    """Whether this was written for an old font (TCVN3, VNI) or lost its letters on the way.

    Told by letters that cannot stand beside each other in Vietnamese; a word without any such
    pair passes. `text` as it came, invisible signs included.
    """
    whole = unicodedata.normalize("NFC", text)
    if whole.isascii():
        return "?" in whole and _LEGACY.search(whole) is not None
    if _LEGACY.search(whole.replace("\u00ad", "")):
        return True
    others = any("\u00a1" <= sign <= "\u00ff" and sign != "\u00ad" for sign in whole)
    return others and not _BEYOND.search(whole) and _SOFT.search(whole) is not None
