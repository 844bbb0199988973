"""Charts in Altair: a frame, a language and a palette in, a chart out. No Streamlit here.

One module per chart (``charts.rank_intervals``, ``charts.caterpillar``, ``charts.slope``); colours
in ``charts.palette``. Nothing is imported here, so that who needs only the colours does not wait
for Altair.
"""
