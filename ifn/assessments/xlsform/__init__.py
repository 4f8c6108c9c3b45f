"""Questionnaires as XLSForm (xlsform.org), the workbooks that ODK and KoboToolbox read.

``columns`` has the names of both ways, ``writing`` makes sheets of a document, ``parsing`` a
document of sheets or says what is wrong in which cell, ``files`` is the workbook itself. What
XLSForm has no column for stands in columns of our own, which other programs leave alone.
"""
