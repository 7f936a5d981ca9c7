"""What was learned, at work: the models that give each line a share for every concept, and the precedents.

Inference alone; the numbers are made by `capxbrl learn` (capxbrl/learning).
"""
