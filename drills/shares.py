"""How a drill's work is shared out, known without Django: who shares it out reads no settings."""

# Parts of the planted faults: one that is found late does not keep all others waiting.
CONTROLS = ("control_1", "control_2", "control_3", "control_4")
