"""Writes a model of two layers of random numbers whose tokens are bytes, in llama.cpp's format: FILE."""

import sys

import numpy
from gguf import GGUFWriter, TokenType

LAYERS, WIDTH, INNER, HEADS, CONTEXT = 2, 64, 128, 2, 2048

tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
types = [TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL, *[TokenType.BYTE] * 256]
random = numpy.random.default_rng(1)


def weights(*shape):
    return random.standard_normal(shape, dtype=numpy.float32) / 8


writer = GGUFWriter(sys.argv[1], "llama")
writer.add_context_length(CONTEXT)
writer.add_embedding_length(WIDTH)
writer.add_block_count(LAYERS)
writer.add_feed_forward_length(INNER)
writer.add_head_count(HEADS)
writer.add_head_count_kv(HEADS)
writer.add_layer_norm_rms_eps(1e-5)
writer.add_rope_dimension_count(WIDTH // HEADS)
writer.add_vocab_size(len(tokens))
writer.add_tokenizer_model("llama")
writer.add_token_list(tokens)
writer.add_token_scores([0.0] * len(tokens))
writer.add_token_types(types)
writer.add_unk_token_id(0)
writer.add_bos_token_id(1)
writer.add_eos_token_id(2)
writer.add_add_space_prefix(False)

tensors = {
    "token_embd": weights(len(tokens), WIDTH),
    "output": weights(len(tokens), WIDTH),
    "output_norm": numpy.ones(WIDTH, dtype=numpy.float32),
}
for layer in range(LAYERS):
    tensors |= {f"blk.{layer}.{name}": weights(WIDTH, WIDTH) for name in ("attn_q", "attn_k", "attn_v", "attn_output")}
    tensors |= {f"blk.{layer}.{name}": weights(INNER, WIDTH) for name in ("ffn_gate", "ffn_up")}
    tensors |= {f"blk.{layer}.ffn_down": weights(WIDTH, INNER)}
    tensors |= {f"blk.{layer}.{name}": numpy.ones(WIDTH, dtype=numpy.float32) for name in ("attn_norm", "ffn_norm")}
for name, tensor in tensors.items():
    writer.add_tensor(f"{name}.weight", tensor)

writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
