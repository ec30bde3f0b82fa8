"""Purposes, each person's append-only choices, and receipts."""
