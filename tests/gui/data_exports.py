"""What the data panel would write into files, without a window around it."""

from __future__ import annotations

import csv
import io

from microgpt_gui.gui.theme.roles import LIGHT


def offer_of(panel, group, text):
    offers = panel.export_offers()
    return next(o for o in offers if (o.group, o.text) == (group, text))


def exported(panel, group, text):
    offer = offer_of(panel, group, text)
    assert not offer.problem()
    return "".join(offer.begin(LIGHT).pieces(lambda: None))


def rows_of(panel, group, text="CSV…"):
    return list(csv.DictReader(io.StringIO(exported(panel, group, text))))
