"""What stands beside a run in its workshop."""

from __future__ import annotations


def workshop_of(run):
    return run.parent()


def shelf_of(run):
    return workshop_of(run).shelf


def timeline_of(run):
    return workshop_of(run).timeline


def comparison_of(run):
    return workshop_of(run).comparison
