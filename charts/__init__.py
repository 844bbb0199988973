"""Charts in Altair: a frame, a language and a palette in, a chart out. No Streamlit here.

One module per chart (``charts.rank_intervals``, ``charts.caterpillar``, ``charts.slope``); colours
in ``charts.palette``, pictures for papers in ``charts.image``. Nothing is imported here, so that
whoever needs only the colours does not wait for Altair.
"""
