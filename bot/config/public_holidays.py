"""Vietnam's public holidays, Tết by the lunar calendar included: those of the library `holidays`.

Asked for by its name, a country is loaded together with all others (some hundred modules); the
module of Vietnam needs none of them.
"""

import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_NAME = "holidays.countries.vietnam"
LANGUAGE = "en_US"
NEW_YEAR = "Lunar New Year"
"""What the first day of Tết is called in that language."""


@cache
def public_holidays(years: Iterable[int]) -> Any:
    """day -> name in English; `weekend_workdays` are the Saturdays worked for days off.

    `years`: a tuple or a range.
    """
    return _vietnam()(years=years, language=LANGUAGE)


def _vietnam() -> Any:
    if _NAME not in sys.modules:
        package = find_spec("holidays")
        assert package is not None
        assert package.origin is not None
        file = Path(package.origin).parent / "countries" / "vietnam.py"
        spec = spec_from_file_location(_NAME, file)
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        sys.modules[_NAME] = module
    return sys.modules[_NAME].Vietnam
