"""Batches of samples as the training thread sends them."""

from __future__ import annotations

from microgpt_gui.session.sample_batch import SampleBatch, SampleRequest


def batch(*samples, step=400, **settings):
    request = SampleRequest(count=len(samples), **settings)
    return SampleBatch(1, request, step, samples, is_complete=True)
