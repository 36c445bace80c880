"""The Streamlit page around the engine; `engine` never imports anything from here."""

import os as _os

# A product of matrices takes one thread: what a page multiplies is small, and thirty pages on two cores would have
# their threads wait for each other. Read when NumPy is imported, which `streamlit run` does not do before the page's
# script; whoever has set another number keeps it.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    _os.environ.setdefault(_name, "1")
