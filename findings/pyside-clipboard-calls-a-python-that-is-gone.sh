#!/bin/sh
# One would expect: a program that has put a QMimeData on the clipboard, as Qt's
# documentation says, ends with the status it asked for, on every platform of Qt.
#
# What happens: on the platforms without a clipboard of their own ("offscreen", "minimal"),
# Qt keeps what was copied in a global object of its library, which is destroyed by the C
# library's exit handlers, after Python has been taken down. A QMimeData made in Python
# then calls shiboken, which asks for the thread's Python state, and there is none:
# segmentation fault, status 139 instead of 0. Everything the program wanted was done by
# then, so that a run of tests without a screen is all green and fails. Text by setText(),
# which makes its QMimeData in C++, and a clipboard that is cleared before the end do not
# have this; nor has X11, whose clipboard goes with the QApplication.
#
# Source: Q_GLOBAL_STATIC(QClipboardData, q_clipboardData),
# https://code.qt.io/cgit/qt/qtbase.git/tree/src/gui/kernel/qplatformclipboard.cpp
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.10.3
cat >"$folder/copy.py" <<'PYTHON'
import sys

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

app = QGuiApplication([])
if sys.argv[1] == "text":
    app.clipboard().setText("copied")
else:
    data = QMimeData()
    data.setText("copied")
    app.clipboard().setMimeData(data)
if sys.argv[1] == "cleared":
    app.clipboard().clear()
PYTHON
export QT_QPA_PLATFORM=offscreen
status_of() {
    "$folder/venv/bin/python" "$folder/copy.py" "$1" 2>"$folder/errors" && echo 0 || echo $?
}
text=$(status_of text)
cleared=$(status_of cleared)
data=$(status_of data)
echo "status after text: $text, data that is cleared: $cleared, data: $data"
[ "$text $cleared" = "0 0" ] && [ "$data" -ge 128 ]
