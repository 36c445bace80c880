import numpy as np
from engine import Variable, add

x = Variable(np.array(3.0))

y = add(x, x)

y.backward()

print("y =", y.data)
print("x.grad =", x.grad)
