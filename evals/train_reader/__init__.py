"""Train the reading model: python -m geungeo.evals.train_reader"""
