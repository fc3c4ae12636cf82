"""A small window: what this program is, and whose work it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QScrollArea,
    QWidget,
)

from microgpt_gui import __version__
from microgpt_gui.gui.widgets.dialogs import open_over
from microgpt_gui.gui.widgets.titled_dialog import TitledDialog
from microgpt_gui.gui.window.kept_code import KeptCode
from microgpt_gui.session.datasets import dataset_choices
from microgpt_gui.session.functions import this_computers_functions

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance


#: Object name of the window, and its title.
ABOUT = "About the microgpt playground"


def show_about(parent: QWidget, appearance: Appearance) -> QDialog:
    """Open what this is, and the sources and licences of what it uses."""
    credits = "".join(
        f"<li>{_escaped(choice.title)}: {_escaped(choice.credit)}</li>"
        for choice in dataset_choices()
        if choice.credit
    )
    text = (
        f"<p>Version {__version__}. MIT licence.</p>"
        "<p>Train a GPT live and look inside while it learns. The model and its "
        "training are those of <b>microgpt</b> by Andrej Karpathy: the same file, seed "
        "and settings give the script's own numbers on the same computer, bit for bit. "
        f"{_escaped(this_computers_functions().words)}</p>"
        f"<p>Texts to learn from:</p><ul>{credits}</ul>"
        "<p>Fonts: Inter and JetBrains Mono (SIL Open Font License). "
        "Built with Qt for Python (LGPL), pyqtgraph (MIT), NumPy (BSD) and Pillow "
        "(MIT-CMU); compiled by numba (BSD), where that is installed.</p>"
    )
    dialog = TitledDialog(parent, appearance, ABOUT)
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(label)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    for widget in (area, KeptCode(), buttons):
        dialog.column.addWidget(widget)
    dialog.restyle()
    screen = parent.screen().availableSize()
    wanted = label.heightForWidth(appearance.px(460)) + appearance.px(180)
    dialog.resize(
        min(appearance.px(500), screen.width()), min(wanted, screen.height() * 9 // 10)
    )
    open_over(parent, dialog, is_modal=False)  # one may try what is read
    return dialog


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
