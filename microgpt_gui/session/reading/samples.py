"""Documents that a model makes up."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from microgpt_gui.engine.sampling import Unpredictable, sample_tokens
from microgpt_gui.session.other_case import in_alphabet
from microgpt_gui.session.reading.reader import never, opened
from microgpt_gui.session.sample_batch import Sample, SampleBatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.data.vocabulary import Vocabulary
    from microgpt_gui.engine.base import Model
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader
    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.sample_batch import SampleRequest
    from microgpt_gui.session.segment import Segment


def samples(
    moment: Moment,
    info: RunInfo,
    request: SampleRequest,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> Iterator[SampleBatch]:
    """Draw samples, yielding all drawn so far after each.

    A letter of the prompt that the alphabet has in its other case alone is taken in
    that one. A request that cannot be met yields one batch whose ``problem`` says why.

    Args:
        moment: What draws.
        info: Of its run, whose own stream is used for requests that name no seed: a
            copy of it as training leaves it.
        request: What to draw.
        check: Called often; what it raises ends the work.
        reader: May have the moment's model at hand.
    """
    model, vocabulary = opened(moment, check, reader)
    segment = info.segment_learnt(moment.step)
    stream = random.Random(request.seed)
    if request.seed is None:
        stream.setstate(info.stream)
    drawn: list[Sample] = []
    taken = in_alphabet(request.prompt, vocabulary.chars)

    def batch(is_complete: bool, problem: str = "", taken: str = "") -> SampleBatch:
        return SampleBatch(
            run_id=moment.run_id,
            request=request,
            step=moment.step,
            samples=tuple(drawn),
            is_complete=is_complete,
            problem=problem,
            taken=taken,
            alteration=moment.alteration,
            trains_on_all=segment.num_trained == len(segment.docs),
        )

    try:
        prompt = vocabulary.encode(taken)
        for number in range(1, request.count + 1):
            drawn.append(
                draw(
                    model,
                    vocabulary,
                    segment,
                    stream,
                    request.temperature,
                    prompt,
                    check,
                )
            )
            yield batch(number == request.count, taken=taken)
    except Unpredictable as error:
        yield batch(True, problem=str(error))
    except ValueError as error:
        yield batch(True, problem=f"Prompt: {error}")


def draw(
    model: Model,
    vocabulary: Vocabulary,
    segment: Segment,
    stream: random.Random,
    temperature: float,
    prompt: Sequence[int] = (),
    check: Callable[[], None] = never,
) -> Sample:
    """Draw one sample.

    Args:
        model: Only read.
        vocabulary: Of its tokens.
        segment: What the model learnt last, to say what of it is known.
        stream: Advanced by one draw a token.
        temperature: Above 0; below 1 prefers the likely.
        prompt: The tokens that it begins with.
        check: Called often; what it raises ends the work.

    Raises:
        ValueError: The prompt is too long.
        Unpredictable: The weights are too large to say anything.
    """
    check()
    drawn = sample_tokens(model, stream, temperature, prompt)
    text = vocabulary.decode(drawn.tokens)
    chances = [*drawn.probabilities[len(prompt) :]]
    if drawn.end is not None:
        chances.append(drawn.end)
    is_valid = segment.dataset.is_valid
    return Sample(
        text=text,
        probabilities=drawn.probabilities,
        log_probability=math.fsum(map(math.log, chances)),
        # Of longer documents, training sees no more than their beginning.
        is_known=segment.dataset.corpus.lookup.holds(
            text, model.config.block_size, check
        ),
        is_valid=None if is_valid is None else is_valid(text),
    )
