"""Active currencies and their minor units, as ISO 4217 list one states them."""

_DECIMALS_0 = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_DECIMALS_2 = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG
YER ZAR ZMW ZWG
"""
_DECIMALS_3 = "BHD IQD JOD KWD LYD OMR TND"
_DECIMALS_4 = "CLF UYW"

# Withdrawn in this decade; kept because loaded history still carries them. All had two decimals.
_WITHDRAWN = "ANG BGN CUC HRK SLL ZWL"

# Metals, funds and test codes (XAU, XDR, XTS, XXX, …) have no minor unit, so nothing can be priced in them.
MINOR_UNITS: dict[str, int] = {
    code: decimals
    for decimals, codes in (
        (0, _DECIMALS_0),
        (2, _DECIMALS_2),
        (3, _DECIMALS_3),
        (4, _DECIMALS_4),
        (2, _WITHDRAWN),
    )
    for code in codes.split()
}


class UnknownCurrencyError(ValueError):
    """A code that is no ISO 4217 currency with a minor unit."""

    def __init__(self, currency: str) -> None:
        super().__init__(f"Unknown currency {currency!r}: use a three-letter ISO 4217 code such as USD.")
        self.currency = currency


def minor_digits(currency: str) -> int:
    """Decimals of the currency's minor unit: 2 for USD, 0 for JPY, 3 for KWD. Raises UnknownCurrencyError."""
    try:
        return MINOR_UNITS[currency]
    except KeyError:
        raise UnknownCurrencyError(currency) from None
