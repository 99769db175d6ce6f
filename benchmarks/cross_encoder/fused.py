"""Lets MPNet attend by PyTorch's fused attention, which its own code cannot; the bias of positions stays fixed."""

from __future__ import annotations

from types import MethodType
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

_HIDDEN: Final = -1e4  # added where a token is not to be attended to


def fuse(body: nn.Module) -> nn.Module:
    """Change how a `transformers.MPNetModel` attends, and give it back."""
    body.encoder.relative_attention_bias.weight.requires_grad_(False)
    body.encoder.forward = MethodType(_encode, body.encoder)
    for layer in body.encoder.layer:
        layer.attention.attn.forward = MethodType(_attend, layer.attention.attn)
    return body


def _attend(
    self: Any,  # noqa: ANN401
    states: Tensor,
    _: None,
    bias: Tensor,
    **__: object,
) -> tuple[Tensor]:
    shape = (*states.shape[:-1], -1, self.attention_head_size)
    query, key, value = (one(states).view(shape).transpose(1, 2) for one in (self.q, self.k, self.v))
    dropped = self.dropout.p if self.training else 0.0
    read = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias, dropout_p=dropped)
    return (self.o(read.transpose(1, 2).reshape(states.shape)),)


def _encode(self: Any, states: Tensor, attention_mask: Tensor | None = None, **_: object) -> Any:  # noqa: ANN401
    from transformers.modeling_outputs import BaseModelOutput

    with torch.no_grad():
        bias = self.compute_position_bias(states[:1])
        if attention_mask is not None:
            seen = attention_mask if attention_mask.dtype == torch.bool else attention_mask > -1
            bias = bias + torch.where(seen, 0.0, _HIDDEN)
        bias = bias.expand(len(states), -1, -1, -1).to(states.dtype).contiguous()
    for layer in self.layer:
        states = layer(states, None, bias)[0]
    return BaseModelOutput(last_hidden_state=states)
