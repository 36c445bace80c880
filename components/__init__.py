"""The Streamlit page around the engine; `engine` never imports anything from here."""
