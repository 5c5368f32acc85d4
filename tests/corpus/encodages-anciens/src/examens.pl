# Candidats reçus
print "ok\n";
