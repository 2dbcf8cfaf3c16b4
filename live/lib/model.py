"""Writes a folder with a model of two layers whose tokens are bytes, without weights: FOLDER."""

import json
import pathlib
import sys

START, END = "<s>", "</s>"


def byte_letters():
    """The printable letter by which byte-level tokenizers write each byte."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + i) for i in range(len(others))]


def special(name, number):
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    return {"id": number, "content": name, **flags, "special": True}


names = [START, END, *sorted(byte_letters())]
bytes_to_letters = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}

files = {
    "config.json": {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "head_dim": 32,
        "vocab_size": 320,
        "max_position_embeddings": 2048,
        "rms_norm_eps": 1e-05,
        "rope_theta": 10000.0,
        "hidden_act": "silu",
        "tie_word_embeddings": True,
        "torch_dtype": "bfloat16",
        "bos_token_id": 0,
        "eos_token_id": 1,
    },
    "generation_config.json": {"bos_token_id": 0, "eos_token_id": 1},
    "tokenizer.json": {
        "version": "1.0",
        "added_tokens": [special(START, 0), special(END, 1)],
        "pre_tokenizer": bytes_to_letters,
        "decoder": bytes_to_letters,
        "model": {"type": "BPE", "vocab": {name: number for number, name in enumerate(names)}, "merges": []},
    },
    "tokenizer_config.json": {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": START,
        "eos_token": END,
        "model_max_length": 2048,
        "chat_template": "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:",
    },
}

folder = pathlib.Path(sys.argv[1])
folder.mkdir(exist_ok=True)
for name, content in files.items():
    (folder / name).write_text(json.dumps(content, indent=1) + "\n")
