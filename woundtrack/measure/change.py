"""Whether a change of area is more than the measurement could have made by itself."""

from math import sqrt

from woundtrack.words import NORMAL_95

RETRACE_RELATIVE_SD = 0.032
"""Published inter-rater coefficient of variation of traced wound areas, until the clinic's own."""


def beyond_error(
    first_cm2: float,
    first_sd_cm2: float,
    second_cm2: float,
    second_sd_cm2: float,
    *,
    retrace_relative_sd: float = RETRACE_RELATIVE_SD,
) -> bool:
    """Whether two areas differ beyond measurement error, with 95 % confidence.

    |A2 − A1| > 1.96·√(sd1² + sd2² + 2·sd_retrace²), the smallest detectable difference of two
    measurements (Bland & Altman, Lancet 1986;327:307-10, extended by each one's own sd).
    sd_retrace is `retrace_relative_sd` of the mean of the two areas: what people mean by the
    wound, where each sd says how surely its edge is seen. What both hold makes the limit wider,
    by √2 at most (ADR 7), never narrower.
    """
    return abs(second_cm2 - first_cm2) > detectable_cm2(
        first_cm2,
        first_sd_cm2,
        second_cm2,
        second_sd_cm2,
        retrace_relative_sd=retrace_relative_sd,
    )


def detectable_cm2(
    first_cm2: float,
    first_sd_cm2: float,
    second_cm2: float,
    second_sd_cm2: float,
    *,
    retrace_relative_sd: float = RETRACE_RELATIVE_SD,
) -> float:
    """The difference of two areas that measurement alone would exceed once in twenty, in cm²."""
    retrace_sd_cm2 = retrace_relative_sd * (first_cm2 + second_cm2) / 2
    return NORMAL_95 * sqrt(first_sd_cm2**2 + second_sd_cm2**2 + 2 * retrace_sd_cm2**2)


def ratio_interval(
    first_cm2: float,
    first_sd_cm2: float,
    second_cm2: float,
    second_sd_cm2: float,
    *,
    retrace_relative_sd: float = RETRACE_RELATIVE_SD,
) -> tuple[float, float] | None:
    """The 95 % interval of A2 / A1, from 0 on; None where the first area is not sure enough.

    Fieller's theorem (J R Stat Soc B 1954;16:175-85) for two independent areas, each with its own
    sd and that of tracing again. It holds 1 exactly where `beyond_error` finds no change.
    """
    retrace_sd_cm2 = retrace_relative_sd * (first_cm2 + second_cm2) / 2
    first_doubt = NORMAL_95**2 * (first_sd_cm2**2 + retrace_sd_cm2**2)
    second_doubt = NORMAL_95**2 * (second_sd_cm2**2 + retrace_sd_cm2**2)
    sure, product = first_cm2**2 - first_doubt, first_cm2 * second_cm2
    if not sure > 0:
        return None
    spread = sqrt(max(0.0, product**2 - sure * (second_cm2**2 - second_doubt)))
    return max(0.0, (product - spread) / sure), (product + spread) / sure
