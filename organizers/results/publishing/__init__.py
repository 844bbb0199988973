"""From the certificate to the public: announced, noticed, decided, commended, replaced."""
