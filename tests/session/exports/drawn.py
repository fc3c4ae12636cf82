"""The colours of the tests' pictures, and what is found in one."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from microgpt_gui.session.exports.ink import Ink

INK = Ink(
    ground="#ffffff",
    text="#000000",
    muted="#555555",
    border="#dddddd",
    curve="#0000ff",
    faint="#aaaaff",
    reference="#aa7700",
    map=("#ffffff", "#8888ff", "#000044"),
)


def parts(svg: str, tag: str) -> list[ET.Element]:
    root = ET.fromstring(svg.encode())
    return list(root.iter("{http://www.w3.org/2000/svg}" + tag))


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parts(svg, "text")]
