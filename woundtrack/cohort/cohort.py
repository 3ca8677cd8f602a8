"""The published endpoints of the patients and lesions that a filter finds.

Survival at one year (NCT03146793), area reduction at 24 weeks (EudraCT 2014-002128-28), area,
closure, analgesics and therapies. Why each is computed as it is: ADR 14.
"""

from collections.abc import Callable
from threading import Thread

from woundtrack.cohort import curves, lesions, methods, people
from woundtrack.cohort.data import CohortData
from woundtrack.cohort.selection import Selection, central_and_peripheral, select
from woundtrack.cohort.types import Cohort, Difference, Endpoints, Filter


def read_beside_library(read: Callable[[], CohortData]) -> CohortData:
    """What `read` gives, while the statistics' library, half a second of it, loads beside it."""
    loading = Thread(target=curves.load_library)
    loading.start()
    try:
        return read()
    finally:
        loading.join()


def cohort_of(data: CohortData, asked: Filter) -> Cohort:
    """Everyone whom the filter finds, and those with central lesions against the peripheral."""
    return cohort_among(*groups_among(data, asked))


def groups_among(data: CohortData, asked: Filter) -> tuple[Selection, Selection, Selection]:
    """Everyone whom the filter finds, the central and the peripheral patients among them."""
    found = select(data, asked)
    central, peripheral = (found.of(which) for which in central_and_peripheral(found))
    return found, central, peripheral


def cohort_among(found: Selection, central: Selection, peripheral: Selection) -> Cohort:
    """The endpoints of the groups of `groups_among`."""
    doses = people.doses(found)
    everyone, inner, outer = (endpoints_of(each, doses) for each in (found, central, peripheral))
    return Cohort(
        filter=found.filter,
        everyone=everyone,
        central=inner,
        peripheral=outer,
        difference=_difference(central, peripheral, inner, outer),
        neither=everyone.patients - inner.patients - outer.patients,
        left_out=found.left_out,
    )


def endpoints_of(found: Selection, doses: people.Doses) -> Endpoints:
    """Every endpoint of one group; `doses` are those of its patients, and may be of others too."""
    start, closed = lesions.started(found), lesions.closings(found)
    return Endpoints(
        patients=int(found.patients.sum()),
        lesions=int(found.lesions.sum()),
        survival=people.survival(found),
        area_reduction=lesions.area_reduction(found, start, closed),
        area_at_year=lesions.area_at_year(found, start, closed),
        closure=lesions.closure(found, start, closed),
        days_to_healing=people.days_to_healing(found, start, closed),
        analgesics=people.analgesics(found, doses),
        associated=people.associated(found),
        associated_method=methods.ASSOCIATED,
        stops=people.stops(found),
    )


def _difference(
    central: Selection, peripheral: Selection, inner: Endpoints, outer: Endpoints
) -> Difference:
    p = None
    if not inner.survival.sample.few and not outer.survival.sample.few:
        p = curves.log_rank_p(people.watched(central)[0], people.watched(peripheral)[0])
    return Difference(
        survival_at_year=curves.difference(
            inner.survival.at_year.share, outer.survival.at_year.share
        ),
        survival_p=p,
        area_reduction=curves.difference(inner.area_reduction.median, outer.area_reduction.median),
        closure_at_24_weeks=curves.difference(
            inner.closure.at_24_weeks.share, outer.closure.at_24_weeks.share
        ),
        closure_at_year=curves.difference(inner.closure.at_year.share, outer.closure.at_year.share),
        method=methods.DIFFERENCE,
    )
