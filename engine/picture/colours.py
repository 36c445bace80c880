"""The colours, in light and dark: the one place that knows them, for the drawing and for the style sheets."""

from __future__ import annotations

from typing import Final, Literal

Theme = Literal["light", "dark"]

# Okabe and Ito's blue and vermilion, darkened until they read at 4.5 : 1 on the node; the dark pair is lightened.
COLOURS: Final[dict[Theme, dict[str, str]]] = {
    "light": {
        # The page, said again in .streamlit/config.toml, which nobody else can write.
        "accent": "#4B4FC4",
        "ground": "#FFFFFF",
        "panel": "#F4F6FA",
        "text": "#1B2230",
        "quiet": "#5A6476",
        # What is computed.
        "data": "#0072B2",
        "grad": "#B34700",
        "guess": "#00795A",
        # Lines, and what fills a node.
        "border": "#5A6476",
        "edge": "#77819A",
        "frame": "#5B3FA8",
        "function": "#FFFFFF",
        "input": "#E8F1FA",
        "loss": "#FFF3CF",
        "block": "#F3F0FA",
        "trouble": "#FFF3EA",
        "wrong": "#FFE9E2",
        # Behind writing in `on-strong`.
        "strong": "#4B4FC4",
        "strong-wrong": "#B34700",
        "on-strong": "#FFFFFF",
    },
    "dark": {
        "accent": "#6468DC",
        "ground": "#151A22",
        "panel": "#1E2530",
        "text": "#EDF0F5",
        "quiet": "#A9B2C3",
        "data": "#6DBDF2",
        "grad": "#FFA266",
        "guess": "#3FD6A8",
        "border": "#8D97AB",
        "edge": "#8D97AB",
        "frame": "#B9A5F5",
        "function": "#222936",
        "input": "#22384F",
        "loss": "#40361A",
        "block": "#2E2A40",
        "trouble": "#3B2A20",
        "wrong": "#472218",
        "strong": "#4B4FC4",
        "strong-wrong": "#B34700",
        "on-strong": "#FFFFFF",
    },
}
