"""Make the image and start compose.yaml's services without Docker, by the files' own commands in their order."""
