"""The outline network: its data, its training, its measures, its export.

`python -m training.outline --data DIR --out DIR` does it all; README.md beside this file says
what it reached and what limits it.
"""
